CREATE TABLE "bundle_prompts" (
	"workspace_id" text NOT NULL,
	"bundle_id" uuid NOT NULL,
	"prompt_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "bundle_prompts_workspace_id_bundle_id_prompt_id_pk" PRIMARY KEY("workspace_id","bundle_id","prompt_id")
);
--> statement-breakpoint
CREATE TABLE "bundles" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"status" text NOT NULL,
	"urgent" boolean NOT NULL,
	"daily" boolean NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"channel_id" text,
	"message_ts" text,
	"error" text,
	CONSTRAINT "bundles_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "digest_subscriptions" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"cadence" text NOT NULL,
	"time_zone" text NOT NULL,
	"subscribed_by" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"paused_reason" text,
	CONSTRAINT "digest_subscriptions_workspace_id_channel_id_pk" PRIMARY KEY("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"channel_id" text NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"to" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"message_ts" text,
	"error" text,
	CONSTRAINT "digests_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "digests_period" UNIQUE("workspace_id","channel_id","to")
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"engagement_id" uuid,
	"rep_id" uuid NOT NULL,
	"question" text NOT NULL,
	"rule" text NOT NULL,
	"fact_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"urgent" boolean NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"asked" integer DEFAULT 0 NOT NULL,
	"last_asked_at" timestamp with time zone,
	"bundle_id" uuid,
	"closed_at" timestamp with time zone,
	"answer_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "prompts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "prompts_return" CHECK (("prompts"."question" = 'return') = ("prompts"."engagement_id" is null))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"source" text,
	"external_id" text,
	"unsettled_at" timestamp with time zone,
	"named_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "accounts_external" UNIQUE("workspace_id","source","external_id")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"account_id" uuid,
	"engagement_id" uuid,
	"prompt_id" uuid,
	"rep_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"fact" jsonb NOT NULL,
	CONSTRAINT "answers_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "answers_key" UNIQUE("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "deal_events" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"event_id" text NOT NULL,
	"deal_id" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"history" boolean NOT NULL,
	"applied" boolean DEFAULT false NOT NULL,
	"update" jsonb NOT NULL,
	CONSTRAINT "deal_events_workspace_id_source_event_id_pk" PRIMARY KEY("workspace_id","source","event_id")
);
--> statement-breakpoint
CREATE TABLE "engagements" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"named_owner_id" uuid NOT NULL,
	"source" text NOT NULL,
	"deal_id" text NOT NULL,
	"name" text,
	"stage" text NOT NULL,
	"ending" text,
	"ended_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"won_at" timestamp with time zone,
	"verified_at" timestamp with time zone,
	"amount" numeric,
	"currency" char(3),
	"asking_fact_id" text NOT NULL,
	"asking_since" timestamp with time zone NOT NULL,
	"asking_on" date,
	"asking_how" text NOT NULL,
	"return_on" date,
	"return_reason" text,
	"parent_id" uuid,
	"need_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "engagements_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "engagements_deal" UNIQUE("workspace_id","source","deal_id"),
	CONSTRAINT "engagements_stage" CHECK ("engagements"."stage" in ('discover','develop','deliver','close','verify','next')),
	CONSTRAINT "engagements_ended" CHECK (("engagements"."ending" is null) = ("engagements"."ended_at" is null)),
	CONSTRAINT "engagements_money" CHECK (("engagements"."amount" is null) = ("engagements"."currency" is null))
);
--> statement-breakpoint
CREATE TABLE "needs" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"engagement_id" uuid,
	"rep_id" uuid NOT NULL,
	"words" text NOT NULL,
	"estimate" numeric,
	"currency" char(3),
	"needed_on" date,
	"outcome" text DEFAULT 'open' NOT NULL,
	"taken_up_by_id" uuid,
	"drop_reason" text,
	"heard_at" timestamp with time zone NOT NULL,
	CONSTRAINT "needs_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "needs_taken_up" CHECK (("needs"."outcome" = 'taken_up') = ("needs"."taken_up_by_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "stage_changes" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"fact_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"stage" text NOT NULL,
	"ending" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"retracted_at" timestamp with time zone,
	CONSTRAINT "stage_changes_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"who" text NOT NULL,
	"sees_value" text NOT NULL,
	"words" text NOT NULL,
	"measure_value" numeric,
	"measure_unit" text,
	"promised" text,
	"held_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verifications_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "playbooks" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rep_aliases" (
	"workspace_id" text NOT NULL,
	"alias" text NOT NULL,
	"rep_id" uuid NOT NULL,
	CONSTRAINT "rep_aliases_workspace_id_alias_pk" PRIMARY KEY("workspace_id","alias")
);
--> statement-breakpoint
CREATE TABLE "reps" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"slack_user_id" text,
	"time_zone" text,
	"prompt_at" smallint,
	"manager_id" uuid,
	"active" boolean DEFAULT true NOT NULL,
	"dm_channel_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reps_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "reps_slack_user" UNIQUE("workspace_id","slack_user_id")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"reps_matched_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "bundle_prompts" ADD CONSTRAINT "bundle_prompts_workspace_id_bundle_id_bundles_workspace_id_id_fk" FOREIGN KEY ("workspace_id","bundle_id") REFERENCES "public"."bundles"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bundle_prompts" ADD CONSTRAINT "bundle_prompts_workspace_id_prompt_id_prompts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","prompt_id") REFERENCES "public"."prompts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_workspace_id_owner_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","owner_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rep_aliases" ADD CONSTRAINT "rep_aliases_workspace_id_rep_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","rep_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bundle_prompts_prompt" ON "bundle_prompts" USING btree ("workspace_id","prompt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bundles_one_on_its_way" ON "bundles" USING btree ("workspace_id","rep_id") WHERE "bundles"."status" = 'on_its_way';--> statement-breakpoint
CREATE INDEX "bundles_rep" ON "bundles" USING btree ("workspace_id","rep_id","claimed_at");--> statement-breakpoint
CREATE INDEX "bundles_on_their_way" ON "bundles" USING btree ("workspace_id","claimed_at") WHERE "bundles"."status" = 'on_its_way';--> statement-breakpoint
CREATE INDEX "bundles_message" ON "bundles" USING btree ("workspace_id","channel_id","message_ts");--> statement-breakpoint
CREATE INDEX "digest_subscriptions_due" ON "digest_subscriptions" USING btree ("workspace_id","due_at") WHERE "digest_subscriptions"."paused_reason" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_open" ON "prompts" USING btree ("workspace_id","engagement_id") WHERE "prompts"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_one_return" ON "prompts" USING btree ("workspace_id","account_id") WHERE "prompts"."closed_at" is null and "prompts"."engagement_id" is null;--> statement-breakpoint
CREATE INDEX "prompts_due" ON "prompts" USING btree ("workspace_id","due_at") WHERE "prompts"."closed_at" is null and "prompts"."bundle_id" is null;--> statement-breakpoint
CREATE INDEX "prompts_rep" ON "prompts" USING btree ("workspace_id","rep_id","due_at") WHERE "prompts"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "prompts_account" ON "prompts" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_by_name_only" ON "accounts" USING btree ("workspace_id","name_key") WHERE "accounts"."external_id" is null;--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("workspace_id","name_key");--> statement-breakpoint
CREATE INDEX "accounts_unsettled" ON "accounts" USING btree ("workspace_id","unsettled_at") WHERE "accounts"."unsettled_at" is not null;--> statement-breakpoint
CREATE INDEX "answers_engagement" ON "answers" USING btree ("workspace_id","engagement_id","at");--> statement-breakpoint
CREATE INDEX "answers_account" ON "answers" USING btree ("workspace_id","account_id","at");--> statement-breakpoint
CREATE INDEX "deal_events_deal" ON "deal_events" USING btree ("workspace_id","source","deal_id");--> statement-breakpoint
CREATE INDEX "deal_events_pending" ON "deal_events" USING btree ("workspace_id","received_at") WHERE not "deal_events"."applied";--> statement-breakpoint
CREATE INDEX "engagements_account" ON "engagements" USING btree ("workspace_id","account_id","ended_at");--> statement-breakpoint
CREATE INDEX "engagements_open_owner" ON "engagements" USING btree ("workspace_id","owner_id","asking_since") WHERE "engagements"."ending" is null;--> statement-breakpoint
CREATE INDEX "engagements_named_owner" ON "engagements" USING btree ("workspace_id","named_owner_id");--> statement-breakpoint
CREATE INDEX "engagements_waiting" ON "engagements" USING btree ("workspace_id","asking_since") WHERE "engagements"."ending" is null;--> statement-breakpoint
CREATE INDEX "engagements_won" ON "engagements" USING btree ("workspace_id","won_at") WHERE "engagements"."won_at" is not null;--> statement-breakpoint
CREATE INDEX "engagements_verified" ON "engagements" USING btree ("workspace_id","verified_at") WHERE "engagements"."verified_at" is not null;--> statement-breakpoint
CREATE INDEX "engagements_begun" ON "engagements" USING btree ("workspace_id","created_at") WHERE "engagements"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "needs_account" ON "needs" USING btree ("workspace_id","account_id","heard_at");--> statement-breakpoint
CREATE INDEX "needs_heard" ON "needs" USING btree ("workspace_id","heard_at");--> statement-breakpoint
CREATE INDEX "stage_changes_engagement" ON "stage_changes" USING btree ("workspace_id","engagement_id");--> statement-breakpoint
CREATE INDEX "verifications_account" ON "verifications" USING btree ("workspace_id","account_id");--> statement-breakpoint
CREATE INDEX "verifications_recorded" ON "verifications" USING btree ("workspace_id","recorded_at");--> statement-breakpoint
CREATE INDEX "reps_unmatched" ON "reps" USING btree ("workspace_id","created_at") WHERE "reps"."slack_user_id" is null;--> statement-breakpoint
CREATE INDEX "reps_manager" ON "reps" USING btree ("workspace_id","manager_id");