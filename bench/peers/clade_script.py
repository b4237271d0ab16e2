"""A session of Clade: trains segment after segment, of one member after another, in one warm process."""

import clade_pbt as clade

import task as tasks
from trainers import TRAINERS, Member

task = tasks.read()
defaults = {name: low for name, (low, _) in TRAINERS[task.trainer].space.items()}
member = None
with clade.session(defaults=defaults) as session:
    for segment in session:
        if segment.fresh or segment.rebuild:
            member = Member(task, str(segment.member))
        member.name = str(segment.member)
        if segment.restore_from:
            member.load(segment.restore_from, copy=bool(segment.changed))
        member.apply(segment.hyperparameters)
        segment.applied(**member.trainer.in_force())
        for _ in segment.steps():
            member.step()
            if member.reports():
                member.report(segment.report, score=member.evaluate())
        segment.finish(score=member.evaluate, save=member.save)
    if member:
        member.close()
