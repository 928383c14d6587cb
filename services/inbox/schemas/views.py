"""Bodies of saved views."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.inbox.domain.view import ViewContent
from services.inbox.schemas.conversations import ConversationFilters, Count
from services.inbox.schemas.work import Name, Version


class SavedViewBody(BaseModel):
    """`assignee: me` means whoever looks, so that a shared view is everybody's own."""

    name: Name
    shared: bool = Field(False, description="Everybody of the workspace sees it.")
    filters: ConversationFilters

    def content(self) -> ViewContent:
        filters = self.filters.model_dump(mode="json", exclude_defaults=True)
        return ViewContent(name=self.name, shared=self.shared, filters=filters)


class SavedViewChangeBody(SavedViewBody):
    expected_version: Version


class SavedViewView(BaseModel):
    id: UUID
    version: int
    owner_id: UUID
    shared: bool
    name: str
    filters: ConversationFilters


class SavedViewCount(BaseModel):
    """How many conversations that the asking person may see are in the view."""

    id: UUID
    count: Count
