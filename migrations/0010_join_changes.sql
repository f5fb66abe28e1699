CREATE TABLE "join_changes" (
	"workspace_id" text NOT NULL,
	"named_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "join_changes_workspace_id_named_id_from_id_pk" PRIMARY KEY("workspace_id","named_id","from_id")
);
