"""The name of every prompt that templates had before some were dropped or renamed."""

EARLIER_PROMPTS = {
    "agreement": """
        purpose.aim purpose.role
        practical.rhythm
        confidentiality.stays confidentiality.limits
        confidentiality.goes-to confidentiality.who-tells
        records.written records.deleted records.told
        agree.accept agree.still-open agree.steps agree.review
    """,
    "als-wial": """
        rules.accepted rules.skill
        problem.told
        questions.asked
        agree.wording agree.presenter-accepts
        goal.aim goal.ways
        actions.steps
        learning.teamwork learning.went-well learning.better learning.use learning.next
    """,
    "als": """
        arrive.rules
        last.taught
        bid.bids
        present.problem present.wants
        clarify.facts
        questions.open questions.best
        reflect.sees reflect.noticed
        act.steps act.sure act.lift
        process.helping process.next
    """,
    "career": """
        look-back.energy-from look-back.in-common
        now.skills now.direction
        ahead.trusted ahead.missing ahead.doors
        next.speak next.speak-to next.moves next.review
    """,
    "check-in": """
        theirs.mind theirs.work theirs.number
        mine.owed mine.heard
        ahead.better ahead.stretch ahead.in-the-way ahead.agreed ahead.noticed ahead.next
    """,
    "cigar": """
        current.wanted current.stands
        ideal.level ideal.near
        gaps.sorts gaps.first
        action.steps
        later.review
    """,
    "clear": """
        contract.need contract.way
        listen.story listen.missed
        explore.cost explore.belief explore.possible
        action.steps
        look-back.useful look-back.next-time look-back.review
    """,
    "closing": """
        look-back.came-for look-back.leaves-with look-back.stands
        evidence.noticed
        feedback.helped feedback.helped-less
        onward.sure onward.lift onward.continues onward.notes onward.review
    """,
    "coach-log": """
        did.tools did.worked did.own-questions did.talking
        learned.unsure learned.learning
        use.apply use.supervision use.ask-there
    """,
    "fuel": """
        frame.about frame.settled frame.agreed frame.instead
        understand.their-view understand.other-views understand.unchanged
        explore.success explore.ways explore.chosen
        plan.steps plan.review
    """,
    "gibbs": """
        description.happened
        feelings.felt-then feelings.feel-now
        evaluation.went-well evaluation.went-badly
        analysis.explains analysis.others-view
        conclusion.otherwise conclusion.takeaway
        plan.talk-to plan.steps plan.review
    """,
    "grow": """
        goal.today goal.result goal.noticed goal.matters
        reality.happening reality.tried reality.where-now
        options.list options.first
        will.steps will.sure will.lift will.review
    """,
    "oskar": """
        outcome.tuesday
        scaling.today scaling.not-lower
        know-how.went-right know-how.help
        affirm.strengths affirm.steps affirm.review
    """,
    "pdp": """
        evidence.proud evidence.fell-short
        values.how-worked
        upward.from-you
        objectives.agreed
        development.route development.seen
        sign-off.accepted sign-off.disputed sign-off.review
    """,
    "quick": """
        capture.mattered capture.promises capture.check
        next.speak
    """,
    "return": """
        welcome.feel-back welcome.missed
        ready.starts-on ready.at-work
        adjust.support adjust.arrange
        tell.colleagues
        next.review
    """,
    "sbi": """
        situation.where situation.sort situation.said
        behaviour.seen
        impact.followed
        intent.meant
        next.say-when next.steps
    """,
    "scaling": """
        anchor.goal anchor.ten
        now.where-now now.working
        exceptions.higher exceptions.different
        enough.good-enough
        one-up.sign one-up.steps one-up.review
    """,
    "shadow": """
        intent.what-value
        say.said say.clear
        act.seen act.canteen act.acts-match
        prioritise.first prioritise.time-match
        measure.attended measure.attention-match
        shift.which shift.within-two-weeks shift.who-tells
    """,
    "stay": """
        pull.miss
        push.elsewhere push.strain
        change.this-month change.in-a-year
        agree.promises agree.review
    """,
    "stepppa": """
        subject.about
        target.wanted
        emotion.feelings emotion.matters
        perception.other-eyes perception.worth-keeping
        plan.steps
        pace.by pace.sure pace.lift
        act.decision act.settled-it act.review
    """,
    "tgrow": """
        topic.about topic.attention topic.theirs-to-move
        goal.result
        reality.people reality.views reality.where-now
        options.routes options.chosen
        forward.steps forward.sure forward.lift forward.review
    """,
    "thinking": """
        open.topic open.came-up open.enough
        aim.rest
        assumptions.list assumptions.most assumptions.true
        freeing.instead freeing.with-that
        keep.question keep.steps
        close.valued close.review
    """,
    "wellbeing": """
        choice.willing
        now.energy now.weighs
        sources.refills sources.signs
        safety.at-risk
        support.wanted support.change support.steps
        next.review
    """,
    "what3": """
        what.happened what.part
        so-what.matters so-what.learned
        now-what.steps
    """,
    "woop": """
        wish.want
        outcome.best
        obstacle.inner obstacle.moment
        plan.if-then plan.steps plan.review
    """,
    "words-deeds": """
        promises.due promises.tells promises.explanation
        values.rule values.yourself values.hard
        gaps.ahead gaps.cause
        repair.steps repair.review
    """,
}
