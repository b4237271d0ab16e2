package dev.clade.store;

import dev.clade.population.MemberId;

/// The right of a worker to act for a member, until a higher term is given out.
public record Lease(MemberId member, int term) {}
