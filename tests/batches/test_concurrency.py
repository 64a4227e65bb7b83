"""Two people confirm overlapping files at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import stage
from tests.batches.sheets import check, csv_of
from tracker.batches.services import apply_batch
from tracker.common.errors import Stale
from tracker.imports.registry import KINDS
from tracker.progress.models import Baseline


@pytest.mark.django_db(transaction=True)
def test_one_comes_after_the_other_and_sees_that_the_data_changed() -> None:
    stage.make_strategy()
    missions = stage.make_missions()
    stage.assign(stage.make_indicator(), missions["KG"])
    header = "indicator,mission,baseline_value"
    batches = [check("baselines", csv_of(header, f"SP1-O1-I1,KG,{value}")).batch for value in (10, 20)]
    together = Barrier(2)

    def confirm(batch) -> str:
        try:
            together.wait()
            apply_batch(kind=KINDS["baselines"], batch=batch, digest=batch.plan_digest, user=None)
        except Stale:
            return "stale"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(confirm, batches))
    assert sorted(outcomes) == ["saved", "stale"]
    [baseline] = Baseline.objects.all()
    assert baseline.value == (10 if outcomes[0] == "saved" else 20)
