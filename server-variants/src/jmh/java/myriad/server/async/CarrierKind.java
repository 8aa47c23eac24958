package myriad.server.async;

/** The carriers that are compared. */
public enum CarrierKind {
  CONTINUATION {
    @Override
    Carrier make() {
      return new ContinuationCarrier();
    }
  },
  LOOP_SCHEDULED {
    @Override
    Carrier make() {
      return new LoopScheduledCarrier();
    }
  },
  VIRTUAL_THREAD {
    @Override
    Carrier make() {
      return new VirtualThreadCarrier();
    }
  };

  abstract Carrier make();
}
