package dev.clade.store;

import dev.clade.population.MemberId;
import java.util.List;

/// Live measurements, for charts: no decision reads them. They are kept before the outcome that they belong to is
/// appended, and a curve shows those of the outcome's term. Any thread may call.
public interface Measurements {

    /// One measurement.
    ///
    /// @param sequence from 0 within (member, segment, term)
    /// @param step the member's own
    record Row(MemberId member, int segment, int term, int sequence, long step, String metric, double value) {}

    /// Keeps measurements. A row that is there already stays as it is.
    void keep(List<Row> rows);

    /// A member's, by segment, term and sequence.
    List<Row> of(MemberId member);
}
