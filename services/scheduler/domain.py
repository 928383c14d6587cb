"""Pure rules of publishing."""

from shared.events.team_directory import ProfileState


def may_publish(state: ProfileState) -> bool:
    """Only a connected profile takes posts; the others say why in their state."""
    return state is ProfileState.CONNECTED
