package myriad.loadgen;

import java.util.OptionalLong;

/** The Java heap of a target that cooperates. Asked by the run's thread, while nothing is sent. */
@FunctionalInterface
public interface TargetHeap {

  /** Of a target that is not asked. */
  TargetHeap UNKNOWN = OptionalLong::empty;

  /** Has the target collect its garbage; bytes in use afterwards, or nothing if it does not say. */
  OptionalLong collect();
}
