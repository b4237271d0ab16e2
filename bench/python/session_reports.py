"""Reports at every step and does nothing else; its score says what a report cost it [microseconds]."""

import time

import clade_pbt as clade

with clade.session(defaults={"lr": 0.1}, steps=1000) as session:
    for segment in session:
        _ = segment.fresh, segment.restore_from  # there is nothing to build or load
        segment.applied(lr=segment.hyperparameters["lr"])
        times = []
        for step in segment.steps():
            began = time.perf_counter_ns()
            segment.report(loss=1.0 / step)
            times.append(time.perf_counter_ns() - began)
        times.sort()
        p50, p99 = (times[len(times) * part // 100] / 1000 if times else 0.0 for part in (50, 99))
        mean = sum(times) / len(times) / 1000 if times else 0.0
        segment.finish(
            score={"score": segment.hyperparameters["lr"], "mean": mean, "p50": p50, "p99": p99},
            save=lambda folder: (folder / "nothing").write_text(""),
        )
