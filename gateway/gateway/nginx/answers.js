// What nginx itself would pass on as if it were the answer: an interim status with a body, a switch of protocols that nobody asked
// for, or bytes without a status line (HTTP/0.9). Its rest would be read as the answer to the client's next call. Throwing closes
// both connections; the Outway in front then makes it a 502. `fsc_upgrade` is what the call asked to switch to.
function final(r) {
    const switched = r.status == 101 && r.variables.fsc_upgrade;
    if ((r.status < 200 && !switched) || r.httpVersion == '0.9') {
        throw new Error(`no final answer: status ${r.status}, HTTP/${r.httpVersion}`);
    }
    if (r.status == 204) {  // has no body (RFC 9110, 8.6); some clients refuse a length
        delete r.headersOut['Content-Length'];
    }
}

export default {final};
