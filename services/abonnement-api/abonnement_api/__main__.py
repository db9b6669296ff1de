from gemeengoed_kit.process import main

from abonnement_api.app import service


def run() -> None:
    main(service)


if __name__ == "__main__":
    run()
