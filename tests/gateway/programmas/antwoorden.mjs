// For each name: a call of `vrij` that is answered as the name says, then one of `dataplane`, on one kept connection if it may be.
// Prints [name, [status, FSC code, body], [status, FSC code, body]] a line.
import http from "node:http";

const [url, ...names] = process.argv.slice(2);

function call(agent, alias, path) {
  return new Promise((resolve, reject) => {
    const request = http.get(url + path, { agent, headers: { "Fsc-Grant-Hash": alias }, timeout: 10000 }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve([answer.statusCode, answer.headers["fsc-error-code"] ?? null, body]));
    });
    request.on("error", reject);
  });
}

for (const name of names) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const first = await call(agent, "vrij", "/" + name);
  console.log(JSON.stringify([name, first, await call(agent, "dataplane", "/eigen")]));
  agent.destroy();
}
