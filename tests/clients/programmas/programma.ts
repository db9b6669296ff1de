// A client by openapi-typescript and openapi-fetch: books, reads, and is refused.
import createClient from "openapi-fetch";
import type { paths } from "./fonds.js";

const client = createClient<paths>({ baseUrl: `${process.env.OUTWAY_URL}/v1`, headers: { "Fsc-Grant-Hash": "fonds" } });
const pad = "/v1/proeven/typescript";
const boek = (sleutel: string) =>
  client.POST("/boekingen", {
    params: { header: { "Idempotency-Key": sleutel } },
    body: {
      fonds: "ggu",
      boekdatum: "2018-01-15",
      omschrijving: "Proef met TypeScript",
      bron: { bron: "memoriaal", pad },
      regels: [
        { rekening: "1100", bedragCent: 3_000_000_000 },
        { rekening: "8000", bedragCent: -3_000_000_000 },
      ],
    },
  });

const geboekt = await boek("typescript-1");
const lijst = await client.GET("/boekingen", { params: { query: { bronPad: pad } } });
const geweigerd = await boek("typescript-2");
const probleem = geweigerd.error;
if (!geboekt.data || !("regels" in geboekt.data) || !lijst.data || !probleem || !("title" in probleem)) throw new Error(JSON.stringify([geboekt, lijst, geweigerd]));
console.log(
  JSON.stringify({
    geschreven: geboekt.data.regels.map((regel) => regel.bedragCent),
    gelezen: lijst.data.results.flatMap((een) => een.regels.map((regel) => regel.bedragCent)),
    status: geweigerd.response.status,
    type: probleem.type,
    title: probleem.title,
  }),
);
