import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * For each name: a call of `vrij` that is answered as the name says, then one of `dataplane`, on one kept connection if it may be.
 * Prints [name, [status, FSC code, body], [status, FSC code, body]] a line.
 */
class Antwoorden {
    static String text(String given) {
        return '"' + given.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    static String call(HttpClient client, String alias, String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Fsc-Grant-Hash", alias).timeout(Duration.ofSeconds(10)).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        var code = answer.headers().firstValue("Fsc-Error-Code").map(Antwoorden::text).orElse("null");
        return "[" + answer.statusCode() + "," + code + "," + text(answer.body()) + "]";
    }

    public static void main(String[] arguments) throws Exception {
        for (int number = 1; number < arguments.length; number++) {
            var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var first = call(client, "vrij", arguments[0] + "/" + arguments[number]);
            System.out.println("[" + text(arguments[number]) + "," + first + "," + call(client, "dataplane", arguments[0] + "/eigen") + "]");
        }
    }
}
