"""Every metric: its name, its meaning, and its labels. A metric that is not listed here is not exposed.

Labels have few values: hosted peers, our components, error codes, states. Never a transaction, a client or a remote peer.
"""

from __future__ import annotations

from gemeengoed_kit.observe.catalogue import Catalogue, Metric, process_gauges

COUNTERS = {
    "gateway_calls": Metric('Decisions on calls; code is "passed" or the FSC error code', ("peer", "component", "code")),
    "gateway_log_batches": Metric("Batches of the transaction log", ("outcome",)),
    "gateway_tokens_fetched": Metric("Tokens asked of other Managers", ("outcome",)),
    "gateway_requests": Metric("Requests at the Manager and the management API", ("component", "method", "status")),
    "gateway_deliveries": Metric("Attempts to tell other Managers something", ("outcome",)),
    "gateway_follow_failures": Metric("Times that the decision process could not take up changes though the database answered"),
    "gateway_loop_failures": Metric("Times that background work of control ended and was started again", ("loop",)),
    "gateway_nginx_reloads": Metric("New configurations that nginx was told to load"),
    "gateway_nginx_failures": Metric("Times that nginx's configuration could not be renewed"),
}
HISTOGRAMS = {
    "gateway_decision_seconds": Metric("From nginx's question to its answer, log included", ("component",)),
    "gateway_log_write_seconds": Metric("Writing one batch of the transaction log durably"),
    "gateway_log_batch_records": Metric("Records in one batch of the transaction log"),
    "gateway_request_seconds": Metric("Requests at the Manager and the management API", ("component",)),
}
PROCESS_GAUGES = {
    "gateway_snapshot_age_seconds": Metric("Since the decision process last knew that its picture is current"),
    "gateway_snapshot_peers": Metric("Hosted peers that the decision process knows"),
    "gateway_log_ok": Metric("0 while the last batch of the transaction log failed, less than ten seconds ago"),
    "gateway_nginx_configured": Metric("1 when nginx's configuration is that of the database, 0 when renewing it failed"),
    "gateway_nginx_left_out": Metric("Peers that are not served, since nginx refuses their part of the configuration"),
    **process_gauges("gateway"),
}
STATE_GAUGES = {
    "gateway_up": Metric("1 when a part works, as in the health of the management API", ("part",)),
    "gateway_contracts": Metric("Contracts of hosted peers", ("peer", "state")),
    "gateway_deliveries_due": Metric("Deliveries that other Managers have not had yet"),
    "gateway_deliveries_failing": Metric("Those that failed at least once"),
    "gateway_deliveries_oldest_seconds": Metric("Age of the oldest of them"),
    "gateway_certificate_expiry_seconds": Metric("Until a certificate ends", ("peer", "component")),
    "gateway_log_months_ahead": Metric("Months after this one that the transaction log has room for; -1: none for now"),
    "gateway_nginx_generation": Metric("Number of the configuration in use by this machine's nginx"),
}
CATALOGUE = Catalogue(COUNTERS, HISTOGRAMS, PROCESS_GAUGES, STATE_GAUGES)
