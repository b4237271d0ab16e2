package dev.clade.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.study.statistics.Band.Place;
import dev.clade.study.statistics.Curve.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BandTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 500);

    private static Curve curve(double... atAndValue) {
        var points = new java.util.ArrayList<Point>();
        for (int i = 0; i < atAndValue.length; i += 2) {
            points.add(new Point(atAndValue[i], atAndValue[i + 1]));
        }
        return new Curve(points);
    }

    @Test
    void aCurveHoldsItsValueUntilTheNextPoint() {
        var curve = curve(1, 10, 3, 20, 3, 30);
        assertThat(curve.at(0.5)).isEmpty();
        assertThat(curve.at(1)).contains(10.0);
        assertThat(curve.at(2.9)).contains(10.0);
        assertThat(curve.at(3)).contains(30.0);
        assertThat(curve.at(9)).contains(30.0);
    }

    @Test
    void aCurveDoesNotGoBack() {
        assertThatThrownBy(() -> curve(2, 1, 1, 1)).hasMessage("points of a curve go back from 2.0 to 1.0");
    }

    @Test
    void best_leavesOutWhatIsNoBetter() {
        assertThat(curve(1, 5, 2, 4, 3, 6, 4, 6).best()).isEqualTo(curve(1, 5, 3, 6));
    }

    /// From where the last one begins to where the longest ends; who has ended keeps its value.
    @Test
    void aBandIsTheCentreOfItsCurves() {
        var band = Band.of(List.of(curve(0, 0, 2, 4), curve(1, 2, 3, 6, 5, 8)), 3, Centre.MEAN, BOOTSTRAP);
        assertThat(band.places().stream().map(Place::at)).containsExactly(1.0, 3.0, 5.0);
        assertThat(band.places().stream().map(Place::value)).containsExactly(1.0, 5.0, 6.0);
        assertThat(band.places().getLast().interval()).isEqualTo(Student.interval(List.of(4.0, 8.0)));
    }

    @Test
    void aBandOfOneCurveHasNoInterval_ofNone_noPlaces() {
        var one = Band.of(List.of(curve(0, 1, 4, 2), new Curve(List.of())), 2, Centre.MEAN, BOOTSTRAP);
        assertThat(one.places()).containsExactly(new Place(0, 1, Optional.empty()), new Place(4, 2, Optional.empty()));
        assertThat(Band.of(List.of(), 5, Centre.MEAN, BOOTSTRAP).places()).isEmpty();
    }
}
