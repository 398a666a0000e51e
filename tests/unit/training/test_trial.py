"""An artifact that another process cannot read is refused before anybody hears of it."""

import pytest

from features.errors import ArtifactError
from models.artifact import NUMBERS, save_artifact
from models.prior_model import prior_model
from training.trial import try_in_a_process_of_its_own


def test_what_cannot_be_read_back_is_refused_and_what_can_be_is_not(shop, tmp_path):
    model = prior_model(shop)
    assert model is not None
    folder = tmp_path / "artifact"
    save_artifact(model, shop, folder)
    try_in_a_process_of_its_own(folder)
    (folder / NUMBERS).write_text("{}")
    with pytest.raises(ArtifactError, match="cannot be read back"):
        try_in_a_process_of_its_own(folder)
