CREATE TABLE "account_rhythms" (
	"workspace_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"days" integer,
	CONSTRAINT "account_rhythms_workspace_id_account_id_version_pk" PRIMARY KEY("workspace_id","account_id","version")
);
--> statement-breakpoint
CREATE TABLE "playbook_versions" (
	"workspace_id" text NOT NULL,
	"version" integer NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"value_days" integer,
	CONSTRAINT "playbook_versions_workspace_id_version_pk" PRIMARY KEY("workspace_id","version")
);
--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "after_days" integer;--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "playbook_version" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "learned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "account_rhythms" ADD CONSTRAINT "account_rhythms_workspace_id_version_playbook_versions_workspace_id_version_fk" FOREIGN KEY ("workspace_id","version") REFERENCES "public"."playbook_versions"("workspace_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Returns that are there already wait for as long as they did.
UPDATE "prompts" SET "after_days" = 60 WHERE "closed_at" IS NULL AND "rule" = 'return';
