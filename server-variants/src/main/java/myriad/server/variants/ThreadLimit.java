package myriad.server.variants;

/**
 * A limit of the number of threads.
 *
 * @param threads how many more it allows; for all processes together where it is the kernel's or a
 *     control group's, so that a process gets somewhat fewer
 * @param name the name under which it is raised
 */
record ThreadLimit(long threads, String name) {

  /** Where nothing that can be read limits them. */
  static final ThreadLimit NONE = new ThreadLimit(Long.MAX_VALUE, "no limit");
}
