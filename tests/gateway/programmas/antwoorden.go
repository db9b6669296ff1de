// For each name: a call of `vrij` that is answered as the name says, then one of `dataplane`, on one kept connection if it may be.
// Prints [name, [status, FSC code, body], [status, FSC code, body]] a line.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func call(client *http.Client, alias, url string) []any {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("Fsc-Grant-Hash", alias)
	answer, err := client.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(err)
	}
	var code any
	if given := answer.Header.Get("Fsc-Error-Code"); given != "" {
		code = given
	}
	return []any{answer.StatusCode, code, string(body)}
}

func main() {
	url := os.Args[1]
	for _, name := range os.Args[2:] {
		client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxConnsPerHost: 1}}
		first := call(client, "vrij", url+"/"+name)
		line, err := json.Marshal([]any{name, first, call(client, "dataplane", url+"/eigen")})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}
