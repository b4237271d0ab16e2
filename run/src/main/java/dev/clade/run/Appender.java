package dev.clade.run;

import dev.clade.fault.Fault;
import dev.clade.store.Append;
import dev.clade.store.EventLog;
import dev.clade.store.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes appends durable: those of several lanes in one commit. If the answer is lost they are made again, and found to
/// be there.
record Appender(EventLog log) {

    private static final int TRIES = 5;

    Verdict commit(Append append) {
        return commit(new TreeMap<>(Map.of(0, append))).values().iterator().next();
    }

    /// @param appends by lane; each has a verdict of its own
    SortedMap<Integer, Verdict> commit(SortedMap<Integer, Append> appends) {
        var verdicts = new TreeMap<Integer, Verdict>();
        if (appends.isEmpty()) {
            return verdicts;
        }
        for (int i = 1; ; i++) {
            try {
                var all = log.commit(List.copyOf(appends.values())).iterator();
                appends.keySet().forEach(lane -> verdicts.put(lane, all.next()));
                return verdicts;
            } catch (Fault fault) {
                if (fault.code() != EventLog.ANSWER_LOST || i == TRIES) {
                    throw fault;
                }
            }
        }
    }

    /// @throws Fault if the state does not allow what was appended
    static boolean accepted(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> true;
            case Verdict.Fenced fenced -> false;
            case Verdict.Stale stale -> false;
            case Verdict.Refused refused -> throw refused.fault();
        };
    }
}
