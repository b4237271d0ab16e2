package dev.clade.zoo.tensor;

import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The eigenvalues and eigenvectors of a real symmetric matrix, in double precision.
public final class Spectrum {

    private final double[] values;

    /// `vectors[i]` is the unit vector of `values[i]`.
    private final double[][] vectors;

    private Spectrum(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// @param matrix square; what lies above the diagonal is not read
    /// @throws RuntimeException with libtorch's message where it holds what is no number
    public static Spectrum of(double[][] matrix) {
        int size = matrix.length;
        try (var _ = Scope.still()) {
            var all = torch.empty(new long[] {size, size}, new TensorOptions(ScalarType.Double), null);
            var memory = all.data_ptr_double();
            for (int i = 0; i < size; i++) {
                memory.position((long) i * size).put(matrix[i], 0, size);
            }
            var found = torch.linalg_eigh(all);
            var values = new double[size];
            found.get0().contiguous().data_ptr_double().get(values);
            var vectors = new double[size][size];
            var columns = found.get1().transpose(0, 1).contiguous().data_ptr_double();
            for (int i = 0; i < size; i++) {
                columns.position((long) i * size).get(vectors[i], 0, size);
            }
            return new Spectrum(values, vectors);
        }
    }

    /// The eigenvalues, in rising order.
    public double[] values() {
        return values.clone();
    }

    /// The symmetric square root of the matrix, where no eigenvalue is below 0 but by rounding.
    public double[][] root() {
        int size = values.length;
        var root = new double[size][size];
        for (int k = 0; k < size; k++) {
            double scale = Math.sqrt(Math.max(0, values[k]));
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    root[i][j] += scale * vectors[k][i] * vectors[k][j];
                }
            }
        }
        return root;
    }
}
