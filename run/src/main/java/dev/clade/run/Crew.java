package dev.clade.run;

import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.EventLog;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The members that a slot has leased, each in its lane.
final class Crew {

    /// Workers that a segment may lose in a row before it trains with no neighbour.
    private static final int ALONE_AFTER = 3;

    private final EventLog log;
    private final WorkerId worker;
    private final int width;
    private final SortedMap<Integer, Lane> lanes = new TreeMap<>();

    /// @param width the most members
    Crew(EventLog log, WorkerId worker, int width) {
        this.log = log;
        this.worker = worker;
        this.width = width;
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    boolean hasRoom() {
        return lanes.size() < width;
    }

    SortedMap<Integer, Lane> all() {
        return Collections.unmodifiableSortedMap(lanes);
    }

    /// The lanes as they are now, whoever leaves meanwhile.
    List<Integer> lanes() {
        return List.copyOf(lanes.keySet());
    }

    Lane at(int lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    // ---- coming

    /// Leases members for the lanes that are free: after the end one at a time, whose final is measured. Under whom a
    /// worker has died, trains with fewer neighbours each time, at last with none.
    ///
    /// @return the lanes that were filled
    SortedSet<Integer> fill() {
        var filled = new TreeSet<Integer>();
        var leases = log.lease(worker, width - lanes.size());
        var seen = log.newest();
        int most = seen.ended().isPresent() ? 1 : width;
        for (var lease : leases) {
            int room = Stream.concat(members(), Stream.of(lease.member()))
                    .mapToInt(member -> neighbours(member, seen))
                    .min()
                    .orElse(most);
            if (lanes.isEmpty() || lanes.size() < Math.min(room, most)) {
                int lane = free();
                lanes.put(lane, new Lane(lease));
                filled.add(lane);
            } else {
                log.release(lease);
            }
        }
        return filled;
    }

    private Stream<MemberId> members() {
        return lanes.values().stream().map(Lane::member);
    }

    /// The largest crew that a member may train in.
    private int neighbours(MemberId member, Population seen) {
        int losses = seen.member(member).losses();
        return losses >= ALONE_AFTER ? 1 : Math.max(1, width >> losses);
    }

    private int free() {
        int lane = 0;
        while (lanes.containsKey(lane)) {
            lane++;
        }
        return lane;
    }

    /// Whether somebody in it shall have no neighbour in the whole process.
    boolean alone(Population seen) {
        return members().anyMatch(member -> seen.member(member).losses() >= ALONE_AFTER);
    }

    // ---- going

    /// Lets a member go that is another's by now.
    void drop(int lane) {
        lanes.remove(lane);
    }

    /// Gives a member back.
    void release(int lane) {
        var left = lanes.remove(lane);
        if (left != null) {
            log.release(left.lease);
        }
    }

    /// @param ours whether it is still this worker's to give back
    void leave(int lane, boolean ours) {
        if (ours) {
            release(lane);
        } else {
            drop(lane);
        }
    }
}
