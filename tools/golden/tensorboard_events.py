"""Writes golden/events.tfevents with TensorBoard's own record writer, or prints the numbers of files as TensorBoard reads them.

    python tools/golden/tensorboard_events.py write numclip-host/src/test/resources/golden/events.tfevents
    python tools/golden/tensorboard_events.py read runs/age-1
"""

import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

TIME = 1_800_000_000.25


def numbers(step, **values):
    summary = Summary(value=[Summary.Value(tag=tag.replace("__", "/"), simple_value=value) for tag, value in values.items()])
    return Event(wall_time=TIME + step, step=step, summary=summary)


def write(path):
    with open(path, "wb") as file:
        records = RecordWriter(file)
        for event in (
            Event(wall_time=TIME, file_version="brain.Event:2"),
            Event(wall_time=TIME, step=1, session_log=SessionLog(status=SessionLog.START)),
            numbers(1, loss__total=1.5, validation__mae=12.125),
            numbers(300, loss__total=0.0, validation__mae=-3.0e-5),
        ):
            records.write(event.SerializeToString())
        records.flush()


def read(path):
    accumulator = EventAccumulator(path, size_guidance={"scalars": 0})
    accumulator.Reload()
    for tag in accumulator.Tags()["scalars"]:
        print(tag, " ".join(f"{event.step}:{event.value:.6g}" for event in accumulator.Scalars(tag)))


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
