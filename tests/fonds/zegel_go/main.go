// Checks what a fonds served, with the libraries of Go's own checksum database and of the transparency logs, and nothing of ours.
// Reads answers.json (what a client of the API got) on standard input; prints a line for each thing that does not hold.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	fnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type bewijs struct {
	Boeking, Inhoud, Hash, Checkpoint string
	Index, Grootte                    int64
	Pad                               []string
}
type blad struct {
	Nummer                int64
	Boeking, Hash, Inhoud string
}
type samenhang struct {
	Van, Tot            int64
	WortelVan, WortelTot string
	Pad                 []string
}
type antwoorden struct {
	Sleutel, Checkpoint, Medeondertekend, Bewaard string
	Getuigen                                      []string
	Bewijzen                                      []bewijs
	Bladen                                        []blad
	Samenhang                                     []samenhang
}

func fout(wat string, err error) { fmt.Printf("%s: %v\n", wat, err) }

func moet[T any](waarde T, err error) T {
	if err != nil {
		panic(err)
	}
	return waarde
}

func hash(tekst string) (h tlog.Hash) {
	copy(h[:], moet(base64.StdEncoding.DecodeString(tekst)))
	return h
}

func hashes(teksten []string) (lijst []tlog.Hash) {
	for _, tekst := range teksten {
		lijst = append(lijst, hash(tekst))
	}
	return lijst
}

// open verifies the note and returns its tree; x/mod's own reader of tree heads knows only one first line, so the three lines are
// read here.
func open(tekst string, kenners note.Verifiers) (boom tlog.Tree, aantal int, err error) {
	geopend, err := note.Open([]byte(tekst), kenners)
	if err != nil {
		return boom, 0, err
	}
	var oorsprong, wortel string
	if _, err = fmt.Sscanf(geopend.Text, "%s\n%d\n%s\n", &oorsprong, &boom.N, &wortel); err != nil {
		return boom, 0, err
	}
	boom.Hash = hash(wortel)
	return boom, len(geopend.Sigs), nil
}

func main() {
	var a antwoorden
	if err := json.NewDecoder(os.Stdin).Decode(&a); err != nil {
		panic(err)
	}
	log := moet(note.NewVerifier(a.Sleutel))
	alleen := note.VerifierList(log)
	boom, _, err := open(a.Checkpoint, alleen)
	if err != nil {
		fout("checkpoint", err)
	}
	allen := []note.Verifier{log}
	for _, vkey := range a.Getuigen {
		allen = append(allen, moet(fnote.NewVerifierForCosignatureV1(vkey)))
	}
	if _, aantal, err := open(a.Medeondertekend, note.VerifierList(allen...)); err != nil || aantal != len(allen) {
		fout("medeondertekend checkpoint", fmt.Errorf("%d van %d handtekeningen, %w", aantal, len(allen), err))
	}
	for _, b := range a.Bewijzen {
		deze, _, err := open(b.Checkpoint, alleen)
		if err != nil {
			fout("checkpoint van "+b.Boeking, err)
		} else if err := tlog.CheckRecord(tlog.RecordProof(hashes(b.Pad)), deze.N, deze.Hash, b.Index, tlog.RecordHash([]byte(b.Inhoud))); err != nil {
			fout("bewijs van "+b.Boeking, err)
		}
	}
	var opgeslagen []tlog.Hash
	lees := tlog.HashReaderFunc(func(nodig []int64) (lijst []tlog.Hash, err error) {
		for _, een := range nodig {
			lijst = append(lijst, opgeslagen[een])
		}
		return lijst, nil
	})
	for nummer, b := range a.Bladen {
		if b.Nummer != int64(nummer) {
			fout("blad", fmt.Errorf("%d ontbreekt", nummer))
		}
		if tlog.RecordHash([]byte(b.Inhoud)) != hash(b.Hash) {
			fout("blad van "+b.Boeking, fmt.Errorf("de inhoud is niet die van de hash"))
		}
		opgeslagen = append(opgeslagen, moet(tlog.StoredHashes(int64(nummer), []byte(b.Inhoud), lees))...)
	}
	wortel := tlog.Hash(sha256.Sum256(nil))
	if len(a.Bladen) > 0 {
		wortel = moet(tlog.TreeHash(int64(len(a.Bladen)), lees))
	}
	if int64(len(a.Bladen)) != boom.N || wortel != boom.Hash {
		fout("bladen", fmt.Errorf("%d bladen geven een andere wortel dan het checkpoint van %d", len(a.Bladen), boom.N))
	}
	oud, _, err := open(a.Bewaard, alleen)
	if err != nil {
		fout("bewaard checkpoint", err)
	}
	for _, s := range a.Samenhang {
		if s.Van == oud.N && hash(s.WortelVan) != oud.Hash {
			fout("bewaard checkpoint", fmt.Errorf("de wortel van %d bladen is nu een andere", oud.N))
		}
		if err := tlog.CheckTree(tlog.TreeProof(hashes(s.Pad)), s.Tot, hash(s.WortelTot), s.Van, hash(s.WortelVan)); err != nil {
			fout(fmt.Sprintf("samenhang van %d tot %d", s.Van, s.Tot), err)
		}
	}
	fmt.Println("nagegaan")
}
