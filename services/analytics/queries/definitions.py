"""What each number means."""

from services.analytics.domain.definitions import COMMON, WORDINGS, Language, source_of, unit_of
from services.analytics.domain.metrics import RECIPES
from services.analytics.schemas.definitions import DefinitionsView, DefinitionView


def definitions(language: Language) -> DefinitionsView:
    common = COMMON[language]
    return DefinitionsView(
        language=language,
        **common._asdict(),
        metrics=[
            DefinitionView(
                metric=metric,
                **wording._asdict(),
                shape=RECIPES[metric].shape,
                unit=unit_of(metric),
                source=list(source_of(metric)),
                measures=sorted(RECIPES[metric].measures),
            )
            for metric, wording in WORDINGS[language].items()
        ],
    )
