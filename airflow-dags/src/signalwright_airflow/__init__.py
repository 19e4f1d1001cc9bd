"""The Airflow side of Signalwright: one operator that runs one worker process per task."""
