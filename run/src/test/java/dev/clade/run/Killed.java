package dev.clade.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The end of a process, as seen from inside: nothing catches it.
final class Killed extends Error {

    private static final long serialVersionUID = 1;

    /// What a worker does to the world outside.
    private static final Set<String> ACTS =
            Set.of("commit", "lease", "release", "join", "heartbeat", "condemn", "keep", "draft", "open", "delete");

    private Killed(String where) {
        super(where);
    }

    /// Counts the acts of a worker, and kills it at one of them.
    static final class Countdown {
        private final AtomicInteger left;
        private final boolean before;

        /// @param before whether the act that is the last is not done any more
        Countdown(int acts, boolean before) {
            this.left = new AtomicInteger(acts);
            this.before = before;
        }

        boolean reached() {
            return left.get() <= 0;
        }

        <T> T watching(Class<T> type, T whom) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean last = ACTS.contains(method.getName()) && left.decrementAndGet() == 0;
                        if (last && before) {
                            throw new Killed("before " + method.getName());
                        }
                        try {
                            var result = method.invoke(whom, arguments);
                            if (last) {
                                throw new Killed("after " + method.getName());
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
