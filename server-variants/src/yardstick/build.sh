# Sourced by the scripts beside it: builds the C programs and the servers, and says how both are
# started. Needs gcc, and JAVA_HOME at a JDK 25 or newer.
# shellcheck shell=sh disable=SC2034 # What is set here is used there.

root=$(cd "$(dirname "$0")/../../.." && pwd)
target="$root/server-variants/target"
binaries="$target/yardstick"

mkdir -p "$binaries"
for program in echo_server echo_client; do
    gcc -O2 -pthread -Wall -Wextra -Werror -o "$binaries/$program" \
        "$root/server-variants/src/yardstick/c/$program.c"
done

cd "$root"
./mvnw -q -pl server-variants -am test-compile
./mvnw -q -pl server-variants dependency:build-classpath \
    -Dmdep.outputFile="$binaries/class-path" -Dmdep.includeScope=test
class_path="$target/test-classes:$target/classes:$(cat "$binaries/class-path")"

# Serial collection and a small young generation: what is resident is what connections hold, and
# not what a roomy heap has not collected yet. Boxes of descriptors are cached as the product does.
java_options="--enable-native-access=ALL-UNNAMED
    --add-opens=java.base/java.lang=ALL-UNNAMED
    --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
    -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Dio.netty.leakDetection.level=disabled
    -Dslf4j.internal.verbosity=ERROR
    -Xmx512m -Xms16m -Xmn4m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:AutoBoxCacheMax=32767"
