"""What /metrics tells of the logs."""

from __future__ import annotations

from gemeengoed_kit.observe.catalogue import Metric
from gemeengoed_kit.operation.catalogue import Gauges

from fonds_api.zegel import repository

GAUGES = Gauges(
    {
        "fonds_unsealed_entries": Metric("Entries that wait to be sealed"),
        "fonds_unsealed_oldest_seconds": Metric("Age of the oldest of them"),
        "fonds_sealed_entries": Metric("Leaves of all logs together"),
        "fonds_unsigned_logs": Metric("Fondsen whose log, as it is now, has no signed checkpoint"),
    },
    repository.maten,
)
