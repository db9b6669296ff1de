from gemeengoed_kit.migrations import run

run("proef_api")
