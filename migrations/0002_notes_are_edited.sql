ALTER TABLE "answers" ADD COLUMN "message" text;--> statement-breakpoint
CREATE INDEX "answers_message" ON "answers" USING btree ("workspace_id","message","at") WHERE "answers"."message" is not null;