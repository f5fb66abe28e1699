export const IMPORT_HELP = `Brings deals from a CSV file into What's Next. Running it again changes nothing; an edited row is taken as news.

  npm run import -- DEALS.csv [--workspace T…] [flags]
  npm run import -- DEALS.csv --dry-run …
  npm run import -- TEAMS.csv --teams [--owner COLUMN] [--manager COLUMN]

Which column holds what (customary names are found without a flag):
  --id --status                     needed
  --account --account-id            the client
  --owner --owner-email             the rep, by name or e-mail
  --opened --closed                 2017-03-01, or with a time; without an offset it is local time
  --amount --currency               --currency takes a column, or one code for all rows
  --name --stage
  --url                             where people open the deal in your CRM
  --occurred                        when the row last changed, if the file knows

Which words mean what (several with commas; upper and lower case are the same):
  --won Won --lost Lost --open Engaging,Prospecting
  --stage-words "Prospecting=discover,Engaging=deliver"

The rest:
  --dry-run                         stores nothing, and tells what would be asked: of whom, in which week, in how many
                                    DMs. It opens no database but one in memory, needs no Slack, and goes by the
                                    environment's settings
  --workspace T…                    without it, the workspace of SLACK_BOT_TOKEN
  --prompt-since 30                 days, or a date: deals won earlier are history, nobody is asked about them
  --as-of 2017-12-31                when the file told the truth; without it, when it was last written
  --source csv                      deals with the same source and id are the same deal; "hook" is the signed hook
  --delimiter ";"                   or "tab"; without it, found out from the first line
  --encoding utf8                   or latin1, utf16le
  --help

Exit code 0: all rows are in. 1: some rows were skipped, and are named. 2: it was called wrongly, or could not work.
`;
