package dev.clade.store.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What is done in one transaction, and what must happen in memory with its end.
final class Transaction {

    private final Statements statements;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> after = new ArrayList<>();

    Transaction(Statements statements) {
        this.statements = statements;
    }

    Statements sql() {
        return statements;
    }

    /// If it is rolled back, the latest first.
    void ifUndone(Runnable action) {
        undo.push(action);
    }

    /// Once it is committed, in order.
    void onceCommitted(Runnable action) {
        after.add(action);
    }

    void undo() {
        undo.forEach(Runnable::run);
    }

    void committed() {
        after.forEach(Runnable::run);
    }
}
