package myriad.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handlers for signals of the operating system. A shutdown hook cannot tell a second Ctrl-C from
 * the first, so the JDK's own {@code sun.misc.Signal} is used; by reflection, as javac warns of
 * every mention of it and that warning cannot be suppressed.
 */
final class Signals {

  private Signals() {}

  /**
   * Runs {@code handler} on a thread of its own each time the signal arrives, in place of what the
   * JVM does.
   *
   * @param name without its prefix, such as {@code INT}
   */
  static void handle(String name, Runnable handler) {
    InvocationHandler onCall =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            handler.run();
          }
          return null;
        };
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object proxy =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(), new Class<?>[] {handlerType}, onCall);
      signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK does not let SIG%s be handled".formatted(name), e);
    }
  }
}
