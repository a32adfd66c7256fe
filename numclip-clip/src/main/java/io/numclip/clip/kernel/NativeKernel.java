package io.numclip.clip.kernel;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The compiled functions of {@code kernel/kernel.py}: a whole tower, or a whole optimizer step, as one native call. All share
 * one kernel, but for the weights that a kernel keeps.
 *
 * <pre>{@code
 * NDArray embeddings = NativeKernel.shared().call("token_embeddings").tensor(table).tensor(tokens).run(manager, false);
 * }</pre>
 *
 * Arguments are given in the order of the Python function: {@link Call#list} for a {@code List[Tensor]},
 * {@link Call#tensor} for a {@code Tensor}. The engine distinguishes lists from tensors by the names of arrays, so a
 * call renames its arguments.
 */
public final class NativeKernel {

    private static final String RESOURCE =
            System.getProperty("os.arch", "").equals("amd64") ? "kernel_x86.pt" : "kernel.pt";

    private final PtSymbolBlock module;

    private NativeKernel(PtSymbolBlock module) {
        this.module = module;
    }

    /** The kernel for every call that keeps nothing. It lasts as long as the process. */
    public static NativeKernel shared() {
        return Shared.KERNEL;
    }

    /**
     * A kernel that can keep weights of one tower; to load it takes a tenth of a second.
     *
     * @param manager owns it
     */
    public static NativeKernel load(NDManager manager) {
        try (InputStream resource = NativeKernel.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return new NativeKernel(JniUtils.loadModule((PtNDManager) manager, resource, false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param method a method of the class {@code Kernel} in {@code kernel/kernel.py} */
    public Call call(String method) {
        return new Call(method);
    }

    /** Loaded by the first one who asks. */
    private static final class Shared {
        private static final NativeKernel KERNEL = load(NativeLibrary.engine().newBaseManager());
    }

    /** Builds one call. */
    public final class Call {

        private final String method;
        private final NDList arguments = new NDList();
        private int lists;

        private Call(String method) {
            this.method = method;
        }

        /** The next argument, a {@code Tensor}. */
        public Call tensor(NDArray array) {
            array.setName(null);
            arguments.add(array);
            return this;
        }

        /** The next argument, a {@code List[Tensor]}, not empty. */
        public Call list(Iterable<NDArray> arrays) {
            String name = "list" + lists++ + "[]";
            int before = arguments.size();
            for (NDArray array : arrays) {
                array.setName(name);
                arguments.add(array);
            }
            if (arguments.size() == before) {
                throw new IllegalArgumentException(method + ": a list of tensors must not be empty");
            }
            return this;
        }

        /**
         * @param manager owns the result
         * @param training true keeps the graph, where an argument requires a gradient
         * @throws IllegalStateException if native code fails; the message contains its first error
         */
        public NDArray run(NDManager manager, boolean training) {
            return runAll(manager, training).singletonOrThrow();
        }

        /** The same for a function whose result is a {@code List[Tensor]}. */
        public NDList runAll(NDManager manager, boolean training) {
            try (NDArray head = manager.create(0f)) {
                head.setName("module_method:" + method);
                NDList inputs = new NDList(arguments.size() + 1);
                inputs.add(head);
                inputs.addAll(arguments);
                JniUtils.setGraphExecutorOptimize(false);
                return IValueUtils.forward(module, inputs, training);
            } catch (EngineException e) {
                throw new IllegalStateException("Native call " + method + " failed: " + cause(e), e);
            }
        }

        /** The line with the error; the other lines are the interpreter's stack. */
        private static String cause(EngineException e) {
            List<String> lines = String.valueOf(e.getMessage()).lines().toList();
            return lines.stream()
                    .filter(line -> line.contains("Error: "))
                    .map(line -> line.substring(line.indexOf("Error: ") + 7))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "no message" : lines.get(0));
        }
    }
}
