CREATE TABLE "prompt_feedback" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"prompt_id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"question" text NOT NULL,
	"asked" integer NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "prompt_feedback_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about_id" uuid NOT NULL,
	"on" date,
	"due_at" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notices_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "prompts" ADD COLUMN "asked_for_id" uuid;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "hours_from" smallint;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "hours_to" smallint;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "days" jsonb;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "holidays_in" text;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "days_off" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "away_from" date;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "away_until" date;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "delegate_id" uuid;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "away_turns_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "value_talks_id" uuid;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "slowed" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reps" ADD COLUMN "introduced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_workspace_id_rep_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","rep_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompt_feedback_question" ON "prompt_feedback" USING btree ("workspace_id","question","at");--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("workspace_id","due_at") WHERE "notices"."attempted_at" is null;--> statement-breakpoint
CREATE INDEX "prompts_asked_for" ON "prompts" USING btree ("workspace_id","asked_for_id") WHERE "prompts"."closed_at" is null and "prompts"."asked_for_id" is not null;--> statement-breakpoint
CREATE INDEX "reps_away_turns" ON "reps" USING btree ("workspace_id","away_turns_at") WHERE "reps"."away_turns_at" is not null;--> statement-breakpoint
CREATE INDEX "reps_delegate" ON "reps" USING btree ("workspace_id","delegate_id") WHERE "reps"."delegate_id" is not null;--> statement-breakpoint
CREATE INDEX "reps_value_talks" ON "reps" USING btree ("workspace_id","value_talks_id") WHERE "reps"."value_talks_id" is not null;--> statement-breakpoint
UPDATE "reps" SET "introduced_at" = "told"."at" FROM (SELECT "workspace_id", "rep_id", min("delivered_at") AS "at" FROM "bundles" WHERE "delivered_at" IS NOT NULL GROUP BY 1, 2) AS "told" WHERE "told"."workspace_id" = "reps"."workspace_id" AND "told"."rep_id" = "reps"."id";
