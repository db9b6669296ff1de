from gemeengoed_kit.starting import importing


def run() -> None:
    with importing():
        from gemeengoed_kit.process import main

        from catalogus_api.app import service

    main(service)


if __name__ == "__main__":
    run()
