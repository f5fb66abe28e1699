CREATE TABLE "admin_summaries" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"error" text,
	CONSTRAINT "admin_summaries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "admin_summaries_week" UNIQUE("workspace_id","rep_id","due_at")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace_id" text NOT NULL,
	"slack_user_id" text NOT NULL,
	"name" text NOT NULL,
	"real_name" text NOT NULL,
	"display_name" text NOT NULL,
	"email" text,
	"real_name_key" text NOT NULL,
	"display_name_key" text NOT NULL,
	"email_key" text,
	"time_zone" text,
	"active" boolean NOT NULL,
	"guest" boolean NOT NULL,
	"role" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_workspace_id_slack_user_id_pk" PRIMARY KEY("workspace_id","slack_user_id")
);
--> statement-breakpoint
CREATE TABLE "rep_names" (
	"workspace_id" text NOT NULL,
	"name_key" text NOT NULL,
	"rep_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "rep_names_workspace_id_name_key_rep_id_pk" PRIMARY KEY("workspace_id","name_key","rep_id")
);
--> statement-breakpoint
DROP INDEX "prompts_due";--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "unaskable_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "joined_to" uuid;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "looked_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "identified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "news" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "people_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "people_cursor" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "people_read_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "admin_summaries" ADD CONSTRAINT "admin_summaries_workspace_id_rep_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","rep_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rep_names" ADD CONSTRAINT "rep_names_workspace_id_rep_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","rep_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_email" ON "people" USING btree ("workspace_id","email_key");--> statement-breakpoint
CREATE INDEX "people_real_name" ON "people" USING btree ("workspace_id","real_name_key");--> statement-breakpoint
CREATE INDEX "people_display_name" ON "people" USING btree ("workspace_id","display_name_key");--> statement-breakpoint
CREATE INDEX "people_role" ON "people" USING btree ("workspace_id","role") WHERE "people"."role" is not null;--> statement-breakpoint
CREATE INDEX "rep_names_rep" ON "rep_names" USING btree ("workspace_id","rep_id");--> statement-breakpoint
CREATE INDEX "prompts_unaskable" ON "prompts" USING btree ("workspace_id","rep_id","unaskable_since") WHERE "prompts"."closed_at" is null and "prompts"."unaskable_since" is not null;--> statement-breakpoint
CREATE INDEX "reps_joined" ON "reps" USING btree ("workspace_id","joined_to") WHERE "reps"."joined_to" is not null;--> statement-breakpoint
CREATE INDEX "reps_news" ON "reps" USING btree ("workspace_id","id") WHERE "reps"."news" > 0;--> statement-breakpoint
CREATE INDEX "reps_unreachable" ON "reps" USING btree ("workspace_id","id") WHERE not "reps"."active" or "reps"."slack_user_id" is null;--> statement-breakpoint
CREATE INDEX "prompts_due" ON "prompts" USING btree ("workspace_id","due_at") WHERE "prompts"."closed_at" is null and "prompts"."bundle_id" is null and "prompts"."unaskable_since" is null;
--> statement-breakpoint
-- Two names of one person had been merged into one row: the other row has no name left, and the person as its manager.
UPDATE "reps" SET "joined_to" = "manager_id", "manager_id" = NULL, "active" = true, "identified_at" = now()
WHERE NOT "active" AND "slack_user_id" IS NULL AND "manager_id" IS NOT NULL AND NOT EXISTS (
	SELECT 1 FROM "rep_aliases" "a" WHERE "a"."workspace_id" = "reps"."workspace_id" AND "a"."rep_id" = "reps"."id"
);--> statement-breakpoint
UPDATE "reps" SET "joined_to" = "next"."joined_to" FROM "reps" "next"
WHERE "next"."workspace_id" = "reps"."workspace_id" AND "next"."id" = "reps"."joined_to" AND "next"."joined_to" IS NOT NULL;--> statement-breakpoint
-- Who was led by a row that is joined now is led by the person.
UPDATE "reps" SET "manager_id" = "lead"."joined_to" FROM "reps" "lead"
WHERE "lead"."workspace_id" = "reps"."workspace_id" AND "lead"."id" = "reps"."manager_id" AND "lead"."joined_to" IS NOT NULL;--> statement-breakpoint
-- A name told beside an e-mail, or of somebody whom Slack knows, is borne by them; it no longer leads to them for good.
INSERT INTO "rep_names" ("workspace_id", "name_key", "rep_id", "name")
SELECT "a"."workspace_id", substr("a"."alias", 6), "a"."rep_id",
	CASE WHEN lower("r"."name") = substr("a"."alias", 6) THEN "r"."name" ELSE substr("a"."alias", 6) END
FROM "rep_aliases" "a" JOIN "reps" "r" ON "r"."workspace_id" = "a"."workspace_id" AND "r"."id" = "a"."rep_id"
WHERE "a"."alias" LIKE 'name:%' AND ("r"."slack_user_id" IS NOT NULL OR "r"."email" IS NOT NULL);--> statement-breakpoint
DELETE FROM "rep_aliases" "a" USING "reps" "r"
WHERE "r"."workspace_id" = "a"."workspace_id" AND "r"."id" = "a"."rep_id"
	AND "a"."alias" LIKE 'name:%' AND ("r"."slack_user_id" IS NOT NULL OR "r"."email" IS NOT NULL);--> statement-breakpoint
UPDATE "reps" SET "identified_at" = "w"."reps_matched_at" FROM "workspaces" "w"
WHERE "w"."id" = "reps"."workspace_id" AND "reps"."slack_user_id" IS NULL AND "reps"."joined_to" IS NULL;--> statement-breakpoint
UPDATE "reps" SET "news" = 1 WHERE "slack_user_id" IS NULL AND "joined_to" IS NULL;
