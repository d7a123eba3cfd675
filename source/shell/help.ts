/** What `hitrate --help` prints; the readme says the same at length. */
export const help = `
htop for prompt caches: how well the prompt cache works, what it saved net of
writing it, and which requests broke it.

Usage
  hitrate [SOURCE…]           live screen; where stdout is no terminal, the report
  hitrate report [SOURCE…]    the report once
  hitrate check [SOURCE…]     do the numbers hold? exit code, one line, alerts
  hitrate serve [SOURCE…]     without a screen: keeps, alerts, serves /metrics
  hitrate prices [SOURCE…]    what each model was priced as, and from where
  hitrate doctor [SOURCE…]    what was found and read, and what to do about it
  hitrate store [ACTION]      what is kept on disk; check, vacuum, rebuild, forget
  hitrate completions SHELL   for bash, zsh or fish
  hitrate man                 this as a manual page, for man -l -

  A SOURCE is a log file, a glob, a folder, - for standard input, a GlitchTip
  project: glitchtip+https://host/org/project (token in HITRATE_GLITCHTIP_TOKEN),
  or a LiteLLM database: postgres://host/database (password in PGPASSWORD).
  Without one:
  logs/worker.log and logs/backend.log here or under backend/, else the transcripts
  of coding agents in your home folder.

Window
  --days N              the last N × 24 hours
  -w, --window NAME     15m, 1h, 6h, 24h, 7d, 30d or all
  --since T, --until T  from T up to, not including, T: 2026-11-22,
                        2026-11-22T14:00, "2h ago", "yesterday 14:00"
  --tz ZONE             show times in this zone (default: this machine's)
  --log-tz ZONE         read times without a zone as this zone's (default: UTC)

Requests
  --model NAME          only those whose model holds NAME, in any case; those whose
                        log names no model are priced as NAME
  --project NAME        only those whose project holds NAME
  --thread NAME         only those whose thread holds NAME
  --group-by WHAT       model, thread, project or source: adds a table of them to
                        the report; a .csv then has a row for each of them instead
                        of one for each request

Output
  --export FILE         also write the report as .json, .csv, .md, .html (for a
                        manager) or .svg (a picture); - is stdout, as JSON; a
                        folder, reports/ or reports/.html, gets one file a day;
                        may repeat
  --keep N              of a folder's dated files, the newest N stay
  -q, --quiet           nothing on stdout
  --json                the report as JSON on stdout, and nothing else there
  --no-events           leave the single requests out of the JSON
  --export-dir FOLDER   where the screen's e key writes its snapshot (default: .)
  --no-color, --ascii   no colours; 7-bit characters only
  --theme NAME          dark, light or mono; the t key changes it

Reading
  --log-file PATH       a source; may repeat
  --exec COMMAND        a source that is what a command prints, as in
                        --exec 'docker logs -f worker'; may repeat
  --format NAME         do not guess the log's format: agentpress, claude-code,
                        codex, gemini-cli, glitchtip, litellm or usage-lines
  --prompt-tokens WHAT  included or excluded: whether the log's prompt tokens
                        contain the tokens written (default: by evidence, by date)
  --price MODEL=PRICES  INPUT,READ[,WRITE5M[,WRITE1H[,OUTPUT]]] in dollars per
                        million tokens, or another model's name; may repeat
  --no-store            keep nothing on disk, and know nothing of what was kept
  --config FILE         settings; default: hitrate/config.json in your config folder
  --retention DAYS      forget requests older than that (default: keep all)
  --demo                a simulated backend, to try everything on

Checks and alerts
  --min-hit-rate N      fails below N percent
  --min-token-hit-rate N  fails below N percent
  --min-net-savings N   fails below N dollars
  --max-lost-cost N     fails above N dollars lost to breaks
  --max-break-rate N    fails above N percent of requests
  --fail-if RULE        a figure of the JSON and < <= > >= == drops or rises, as in
                        'token_hit_rate < 60' or 'hit_rate drops 10'; may repeat
  --warn-if RULE        warns: exit 1 with --nagios, else it is only said
  --min-requests N      with fewer there is nothing to judge (default: 10)
  --nagios              output and exit codes of a Nagios plugin
  --notify              tell the alert channels of a failure and of its end
  --dry-run             say what they would be told, and tell them nothing
  --test                send them a test
  --listen HOST:PORT    where serve answers (default: 127.0.0.1:14464); unix:/PATH

Exit codes: 0 fine, 1 a check failed, 2 bad usage, 3 nothing could be read or judged.
`;
