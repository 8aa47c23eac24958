package myriad.server.async;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An s-expression: a word, or a list of others. */
record Form(String word, List<Form> items) {

  static Form parse(String text) {
    List<String> tokens = List.of(text.replace("(", " ( ").replace(")", " ) ").strip().split(" +"));
    return list(tokens.iterator()).items().getFirst();
  }

  private static Form list(Iterator<String> tokens) {
    List<Form> items = new ArrayList<>();
    while (tokens.hasNext()) {
      String token = tokens.next();
      if (token.equals(")")) {
        break;
      }
      items.add(token.equals("(") ? list(tokens) : new Form(token, List.of()));
    }
    return new Form("", items);
  }

  Form item(int index) {
    return items.get(index);
  }

  String word(int index) {
    return item(index).word();
  }

  int number(int index) {
    return Integer.parseInt(word(index));
  }

  /** The items from {@code first} on. */
  List<Form> from(int first) {
    return items.subList(first, items.size());
  }
}
