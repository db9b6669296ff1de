from alembic import context
from gemeengoed_kit.db import sqlalchemy_url
from sqlalchemy import create_engine

engine = create_engine(sqlalchemy_url(context.config.attributes["database_url"]), connect_args={"options": "-c lock_timeout=5s"})
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
