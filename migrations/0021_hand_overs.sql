CREATE TABLE "hand_over_messages" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"hand_over_id" uuid NOT NULL,
	"rep_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempted_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"channel_id" text,
	"message_ts" text,
	"dropped_at" timestamp with time zone,
	"error" text,
	"is_stale" boolean DEFAULT false NOT NULL,
	CONSTRAINT "hand_over_messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "hand_overs" (
	"workspace_id" text NOT NULL,
	"id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"asked_id" uuid NOT NULL,
	"line" text,
	"proposed_at" timestamp with time zone NOT NULL,
	"goes_up_at" timestamp with time zone,
	"ending" text,
	"ended_at" timestamp with time zone,
	"ended_by_id" uuid,
	"answer_id" uuid,
	CONSTRAINT "hand_overs_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "hand_overs_ended" CHECK (("hand_overs"."ending" is null) = ("hand_overs"."ended_at" is null)),
	CONSTRAINT "hand_overs_taken" CHECK (("hand_overs"."ending" = 'taken') = ("hand_overs"."answer_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "handed_from_id" uuid;--> statement-breakpoint
ALTER TABLE "hand_over_messages" ADD CONSTRAINT "hand_over_messages_workspace_id_hand_over_id_hand_overs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","hand_over_id") REFERENCES "public"."hand_overs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_workspace_id_engagement_id_engagements_workspace_id_id_fk" FOREIGN KEY ("workspace_id","engagement_id") REFERENCES "public"."engagements"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_workspace_id_from_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","from_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_workspace_id_to_id_reps_workspace_id_id_fk" FOREIGN KEY ("workspace_id","to_id") REFERENCES "public"."reps"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hand_over_messages_of" ON "hand_over_messages" USING btree ("workspace_id","hand_over_id");--> statement-breakpoint
CREATE INDEX "hand_over_messages_due" ON "hand_over_messages" USING btree ("workspace_id","due_at") WHERE "hand_over_messages"."dropped_at" is null and ("hand_over_messages"."delivered_at" is null or "hand_over_messages"."is_stale");--> statement-breakpoint
CREATE UNIQUE INDEX "hand_overs_open" ON "hand_overs" USING btree ("workspace_id","engagement_id") WHERE "hand_overs"."ended_at" is null;