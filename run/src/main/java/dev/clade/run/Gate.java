package dev.clade.run;

import java.util.concurrent.Semaphore;

/// Lets a segment under which workers have died again and again train with no neighbour in its process.
public interface Gate {

    /// Waits for room: for one, or for all of it.
    void enter(boolean alone);

    void leave(boolean alone);

    /// A gate that keeps nobody waiting, for simulated workers.
    Gate OPEN = new Gate() {
        @Override
        public void enter(boolean alone) {}

        @Override
        public void leave(boolean alone) {}
    };

    /// A gate for slots of one process.
    static Gate of(int slots) {
        var room = new Semaphore(slots, true);
        return new Gate() {
            @Override
            public void enter(boolean alone) {
                room.acquireUninterruptibly(alone ? slots : 1);
            }

            @Override
            public void leave(boolean alone) {
                room.release(alone ? slots : 1);
            }
        };
    }
}
