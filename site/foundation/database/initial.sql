-- Written by manage.py write_initial_database. Do not edit; write it again after a new migration.
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);

CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);

CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);

CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);

CREATE TABLE "accounts_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);

CREATE TABLE "accounts_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "email" varchar(254) NOT NULL UNIQUE, "name" varchar(150) NOT NULL, "language" varchar(12) NOT NULL, "wikimedia_name" varchar(255) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "timezone" varchar(64) NOT NULL);

CREATE TABLE "accounts_counter" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" datetime NOT NULL);

CREATE TABLE "accounts_browsersession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "session_key" varchar(40) NOT NULL UNIQUE, "browser" varchar(40) NOT NULL, "system" varchar(40) NOT NULL, "began" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_collection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "name" varchar(255) NOT NULL);

CREATE TABLE "wagtailcore_groupcollectionpermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_pageviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pageviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_pageviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_pageviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(255) NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "restriction_type" varchar(20) NOT NULL);

CREATE TABLE "wagtailcore_collectionviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "restriction_type" varchar(20) NOT NULL, "password" varchar(255) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_collectionviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collectionviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_collectionviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_site" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "hostname" varchar(255) NOT NULL, "port" integer NOT NULL, "is_default_site" bool NOT NULL, "root_page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_name" varchar(255) NOT NULL);

CREATE TABLE "wagtailcore_task" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_workflow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL);

CREATE TABLE "wagtailcore_groupapprovaltask" ("task_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_workflowpage" ("page_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_workflowtask" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_groupapprovaltask_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "groupapprovaltask_id" integer NOT NULL REFERENCES "wagtailcore_groupapprovaltask" ("task_ptr_id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_locale" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language_code" varchar(100) NOT NULL UNIQUE);

CREATE TABLE "wagtailcore_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "title" varchar(255) NOT NULL, "slug" varchar(255) NOT NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "url_path" text NOT NULL, "seo_title" varchar(255) NOT NULL, "show_in_menus" bool NOT NULL, "search_description" text NOT NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locked" bool NOT NULL, "latest_revision_created_at" datetime NULL, "first_published_at" datetime NULL, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "last_published_at" datetime NULL, "draft_title" varchar(255) NOT NULL, "locked_at" datetime NULL, "locked_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_key" char(32) NOT NULL, "alias_of_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_commentreply" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "comment_id" integer NOT NULL REFERENCES "wagtailcore_comment" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_pagesubscription" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "comment_notifications" bool NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_string" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data_hash" char(32) NOT NULL, "data" text NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_template" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "template" text NOT NULL, "template_format" varchar(100) NOT NULL, "string_count" integer unsigned NOT NULL CHECK ("string_count" >= 0));

CREATE TABLE "wagtail_localize_translatableobject" ("translation_key" char(32) NOT NULL PRIMARY KEY, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_templatesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "template_id" integer NOT NULL REFERENCES "wagtail_localize_template" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_stringsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "attrs" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "string_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_relatedobjectsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "contentpath" text NOT NULL, "position" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "resolved_at" datetime NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "resolved_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_created_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_referenceindex" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "to_object_id" varchar(255) NOT NULL, "model_path" text NOT NULL, "content_path" text NOT NULL, "content_path_hash" char(32) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "to_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_taskstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "started_at" datetime NOT NULL, "finished_at" datetime NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_state_id" integer NOT NULL REFERENCES "wagtailcore_workflowstate" ("id") DEFERRABLE INITIALLY DEFERRED, "finished_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "comment" text NOT NULL, "revision_id" integer NOT NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_workflowstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "created_at" datetime NOT NULL, "current_task_state_id" integer NULL UNIQUE REFERENCES "wagtailcore_taskstate" ("id") DEFERRABLE INITIALLY DEFERRED, "requested_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" varchar(255) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_workflowcontenttype" ("content_type_id" integer NOT NULL PRIMARY KEY REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_modellogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "object_id" varchar(255) NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NULL, "uuid" char(32) NULL, "revision_id" integer NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));

CREATE TABLE "wagtailcore_pagelogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL, "revision_id" integer NULL, "user_id" bigint NULL, "uuid" char(32) NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));

CREATE TABLE "wagtailcore_grouppagepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unique_permission" UNIQUE ("group_id", "page_id", "permission_id"));

CREATE TABLE "wagtailcore_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "approved_go_live_at" datetime NULL, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "object_id" varchar(255) NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "object_str" text NOT NULL);

CREATE TABLE "wagtailcore_uploadedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(200) NOT NULL, "for_content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_groupsitepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NOT NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailcore_apitoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "key_hash" varchar(64) NOT NULL UNIQUE, "prefix" varchar(16) NOT NULL, "created" datetime NOT NULL, "revoked_at" datetime NULL, "last_used_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "taggit_taggeditem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" integer NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uniq" UNIQUE ("content_type_id", "object_id", "tag_id"));

CREATE TABLE "taggit_tag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE);

CREATE TABLE "home_standardpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "introduction" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)));

CREATE TABLE "home_crediteddocument" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "source_url" varchar(500) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "home_creditedrendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "filter_spec" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "image_id" bigint NOT NULL REFERENCES "home_creditedimage" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "home_rendition_once" UNIQUE ("image_id", "filter_spec", "focal_point_key"));

CREATE TABLE "directory_listing_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "listing_id" char(32) NOT NULL REFERENCES "directory_listing" ("id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "directory_listingkeyword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" char(32) NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "directory_capacitytext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(12) NOT NULL, "role" varchar(12) NOT NULL, "text" varchar(600) NOT NULL, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_capacity_text_once" UNIQUE ("capacity_id", "language", "role", "text"));

CREATE TABLE "directory_organisationtext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(12) NOT NULL, "name" varchar(200) NOT NULL, "summary" varchar(250) NOT NULL, "description" text NOT NULL, "organisation_id" bigint NOT NULL REFERENCES "directory_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_organisation_text_once" UNIQUE ("organisation_id", "language"));

CREATE TABLE "directory_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(10) NOT NULL, "since" date NOT NULL, "organisation_id" bigint NOT NULL REFERENCES "directory_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_membership_once" UNIQUE ("person_id", "organisation_id"));

CREATE TABLE "directory_personcapacity" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "side" varchar(8) NOT NULL, "evidence" varchar(300) NOT NULL, "added" date NOT NULL, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_person_capacity_once" UNIQUE ("person_id", "capacity_id", "side"));

CREATE TABLE "directory_personlanguage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(12) NOT NULL, "level" varchar(12) NOT NULL, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_person_language_once" UNIQUE ("person_id", "language"));

CREATE TABLE "directory_person" ("id" char(32) NOT NULL PRIMARY KEY, "name" varchar(150) NOT NULL, "pronouns" varchar(60) NOT NULL, "bio" text NOT NULL, "bio_language" varchar(12) NOT NULL, "country" varchar(2) NOT NULL, "city" varchar(120) NOT NULL, "formats" text NOT NULL CHECK ((JSON_VALID("formats") OR "formats" IS NULL)), "hours_a_month" smallint unsigned NOT NULL CHECK ("hours_a_month" >= 0), "listed" bool NOT NULL, "leave_alone" bool NOT NULL, "paused_until" date NULL, "visibility" text NOT NULL CHECK ((JSON_VALID("visibility") OR "visibility" IS NULL)), "confirmed_at" date NULL, "is_demo" bool NOT NULL, "created" datetime NOT NULL, "updated" datetime NOT NULL, "portrait_id" bigint NULL REFERENCES "home_creditedimage" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL UNIQUE REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "asks_of_you" varchar(200) NOT NULL, "contact_by" text NOT NULL CHECK ((JSON_VALID("contact_by") OR "contact_by" IS NULL)), "contact_note" varchar(300) NOT NULL);

CREATE TABLE "directory_invitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(10) NOT NULL, "created" datetime NOT NULL, "invited_by_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "organisation_id" bigint NOT NULL REFERENCES "directory_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "approved_at" datetime NULL, "approved_by_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "directory_invitation_once" UNIQUE ("person_id", "organisation_id"));

CREATE TABLE "directory_organisation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "acronym" varchar(30) NOT NULL, "type" varchar(12) NOT NULL, "country" varchar(2) NOT NULL, "region" varchar(6) NOT NULL, "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "website" varchar(200) NOT NULL, "source" varchar(40) NOT NULL, "source_id" varchar(80) NOT NULL, "active" bool NOT NULL, "is_demo" bool NOT NULL, "created" datetime NOT NULL, "updated" datetime NOT NULL, "imported" text NOT NULL CHECK ((JSON_VALID("imported") OR "imported" IS NULL)));

CREATE TABLE "directory_exchange" ("state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "id" char(32) NOT NULL PRIMARY KEY, "message" text NOT NULL, "answer" text NOT NULL, "hours" decimal NULL, "thanks" text NOT NULL, "thanks_public" bool NOT NULL, "created" datetime NOT NULL, "listing_id" char(32) NULL REFERENCES "directory_listing" ("id") DEFERRABLE INITIALLY DEFERRED, "starter_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "about_id" bigint NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED, "answered_by_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "asked_person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_contact" text NOT NULL CHECK ((JSON_VALID("owner_contact") OR "owner_contact" IS NULL)), "starter_contact" text NOT NULL CHECK ((JSON_VALID("starter_contact") OR "starter_contact" IS NULL)), "direction" varchar(5) NOT NULL, "need_id" char(32) NULL REFERENCES "directory_listing" ("id") DEFERRABLE INITIALLY DEFERRED, "still_on_asked_at" datetime NULL, "title" varchar(200) NOT NULL, CONSTRAINT "directory_exchange_one_subject_at_most" CHECK (("listing_id" IS NULL OR "asked_person_id" IS NULL)));

CREATE TABLE "directory_capacity" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "slug" varchar(80) NOT NULL UNIQUE, "wikidata_id" varchar(20) NOT NULL, "address" varchar(500) NOT NULL UNIQUE);

CREATE TABLE "directory_listing" ("id" char(32) NOT NULL PRIMARY KEY, "direction" varchar(5) NOT NULL, "asset" varchar(10) NOT NULL, "title" varchar(140) NOT NULL, "summary" varchar(250) NOT NULL, "description" text NOT NULL, "language" varchar(12) NOT NULL, "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "regions" text NOT NULL CHECK ((JSON_VALID("regions") OR "regions" IS NULL)), "country" varchar(2) NOT NULL, "formats" text NOT NULL CHECK ((JSON_VALID("formats") OR "formats" IS NULL)), "method" varchar(15) NOT NULL, "hours_a_month" smallint unsigned NULL CHECK ("hours_a_month" >= 0), "for_whom" varchar(200) NOT NULL, "deadline" date NULL, "amount" decimal NULL, "currency" varchar(3) NOT NULL, "valid_until" date NULL, "confirmed_at" date NOT NULL, "state" varchar(10) NOT NULL, "is_demo" bool NOT NULL, "created" datetime NOT NULL, "updated" datetime NOT NULL, "organisation_id" bigint NULL REFERENCES "directory_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, "created_by_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "state_since" datetime NOT NULL, CONSTRAINT "directory_listing_one_owner" CHECK ((("organisation_id" IS NULL AND "person_id" IS NOT NULL) OR ("organisation_id" IS NOT NULL AND "person_id" IS NULL))));

CREATE TABLE "django_q_ormq" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL, "payload" text NOT NULL, "lock" datetime NULL);

CREATE TABLE "django_q_task" ("name" varchar(100) NOT NULL, "func" varchar(256) NOT NULL, "hook" varchar(256) NULL, "args" text NULL, "kwargs" text NULL, "result" text NULL, "started" datetime NOT NULL, "stopped" datetime NOT NULL, "success" bool NOT NULL, "id" varchar(32) NOT NULL PRIMARY KEY, "group" varchar(100) NULL, "attempt_count" integer NOT NULL, "cluster" varchar(100) NULL);

CREATE TABLE "django_q_schedule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "func" varchar(256) NOT NULL, "hook" varchar(256) NULL, "args" text NULL, "kwargs" text NULL, "repeats" integer NOT NULL, "next_run" datetime NULL, "task" varchar(100) NULL, "name" varchar(100) NULL, "minutes" smallint unsigned NULL CHECK ("minutes" >= 0), "cron" varchar(100) NULL, "cluster" varchar(100) NULL, "schedule_type" varchar(2) NOT NULL, "intended_date_kwarg" varchar(100) NULL);

CREATE TABLE "mentoring_mentoringindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "introduction" text NOT NULL);

CREATE TABLE "mentoring_mentoringprogrammepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(250) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "opens_on" date NULL, "closes_on" date NULL, "answer_days" smallint unsigned NOT NULL CHECK ("answer_days" >= 0), "mentor_hours_to_answer" smallint unsigned NOT NULL CHECK ("mentor_hours_to_answer" >= 0), "asked_at_once" smallint unsigned NOT NULL CHECK ("asked_at_once" >= 0), "hours_per_pair" smallint unsigned NOT NULL CHECK ("hours_per_pair" >= 0), "rest_days" smallint unsigned NOT NULL CHECK ("rest_days" >= 0), "expires_after_weeks" smallint unsigned NOT NULL CHECK ("expires_after_weeks" >= 0), "mentee_form" text NOT NULL CHECK ((JSON_VALID("mentee_form") OR "mentee_form" IS NULL)), "mentor_form" text NOT NULL CHECK ((JSON_VALID("mentor_form") OR "mentor_form" IS NULL)));

CREATE TABLE "mentoring_mentoringprogrammepage_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "mentoringprogrammepage_id" integer NOT NULL REFERENCES "mentoring_mentoringprogrammepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_mentoringrequest_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "mentoringrequest_id" char(32) NOT NULL REFERENCES "mentoring_mentoringrequest" ("id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_mentoroffer_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "mentoroffer_id" char(32) NOT NULL REFERENCES "mentoring_mentoroffer" ("id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_hoursentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "hours" decimal NOT NULL, "note" varchar(300) NOT NULL, "token" char(32) NOT NULL UNIQUE, "created" datetime NOT NULL, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "pairing_id" char(32) NOT NULL REFERENCES "mentoring_pairing" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_proposal" ("state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "id" char(32) NOT NULL PRIMARY KEY, "need" text NOT NULL, "expires_at" datetime NOT NULL, "reminded_at" datetime NULL, "created" datetime NOT NULL, "offer_id" char(32) NOT NULL REFERENCES "mentoring_mentoroffer" ("id") DEFERRABLE INITIALLY DEFERRED, "request_id" char(32) NOT NULL REFERENCES "mentoring_mentoringrequest" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_programmecoordinator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "page_id" integer NOT NULL REFERENCES "mentoring_mentoringprogrammepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "mentoring_coordinator_once" UNIQUE ("page_id", "person_id"));

CREATE TABLE "mentoring_thanks" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created" datetime NOT NULL, "pairing_id" char(32) NOT NULL REFERENCES "mentoring_pairing" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "mentoring_thanks_once" UNIQUE ("pairing_id", "person_id"));

CREATE TABLE "learning_learningindexpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "introduction" text NOT NULL);

CREATE TABLE "learning_library" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "slug" varchar(120) NOT NULL UNIQUE, "introduction" text NOT NULL, "listed" bool NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "source_url" varchar(500) NOT NULL);

CREATE TABLE "learning_coursepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "introduction" text NOT NULL, "audience" text NOT NULL, "outcomes" text NOT NULL CHECK ((JSON_VALID("outcomes") OR "outcomes" IS NULL)), "level" varchar(10) NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "licence_url" varchar(300) NOT NULL, "source_url" varchar(500) NOT NULL, "is_demo" bool NOT NULL, "weeks" text NOT NULL CHECK ((JSON_VALID("weeks") OR "weeks" IS NULL)), "costs" varchar(200) NOT NULL);

CREATE TABLE "learning_coursepage_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "coursepage_id" integer NOT NULL REFERENCES "learning_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_coursekeyword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, "content_object_id" integer NOT NULL REFERENCES "learning_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_coursefacilitator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "about" varchar(200) NOT NULL, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "learning_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_cohort" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "language" varchar(12) NOT NULL, "opens" datetime NOT NULL, "closes" datetime NOT NULL, "starts_on" date NOT NULL, "ends_on" date NOT NULL, "seats" smallint unsigned NOT NULL CHECK ("seats" >= 0), "waiting_list" bool NOT NULL, "note" varchar(300) NOT NULL, "is_demo" bool NOT NULL, "course_id" integer NOT NULL REFERENCES "learning_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_librarycategory" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "title" varchar(200) NOT NULL, "description" text NOT NULL, "library_id" bigint NOT NULL REFERENCES "learning_library" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_trainingmodulepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "introduction" text NOT NULL, "audience" text NOT NULL, "outcomes" text NOT NULL CHECK ((JSON_VALID("outcomes") OR "outcomes" IS NULL)), "level" varchar(10) NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "licence_url" varchar(300) NOT NULL, "source_url" varchar(500) NOT NULL, "is_demo" bool NOT NULL, "form" varchar(12) NOT NULL, "minutes_min" smallint unsigned NULL CHECK ("minutes_min" >= 0), "minutes_max" smallint unsigned NULL CHECK ("minutes_max" >= 0), "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)));

CREATE TABLE "learning_trainingmodulepage_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "trainingmodulepage_id" integer NOT NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_nextmodule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "module_id" integer NOT NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_modulekeyword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, "content_object_id" integer NOT NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_libraryentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "name" varchar(255) NOT NULL, "description" text NOT NULL, "category_id" bigint NOT NULL REFERENCES "learning_librarycategory" ("id") DEFERRABLE INITIALLY DEFERRED, "module_id" integer NOT NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_webinarpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(300) NOT NULL, "introduction" text NOT NULL, "audience" text NOT NULL, "outcomes" text NOT NULL CHECK ((JSON_VALID("outcomes") OR "outcomes" IS NULL)), "level" varchar(10) NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "licence_url" varchar(300) NOT NULL, "source_url" varchar(500) NOT NULL, "is_demo" bool NOT NULL, "external_url" varchar(500) NOT NULL, "duration" integer unsigned NOT NULL CHECK ("duration" >= 0), "recorded_on" date NULL, "spoken_language" varchar(12) NOT NULL, "chapters" text NOT NULL CHECK ((JSON_VALID("chapters") OR "chapters" IS NULL)), "audio_id" bigint NULL REFERENCES "home_crediteddocument" ("id") DEFERRABLE INITIALLY DEFERRED, "poster_id" bigint NULL REFERENCES "home_creditedimage" ("id") DEFERRABLE INITIALLY DEFERRED, "slides_id" bigint NULL REFERENCES "home_crediteddocument" ("id") DEFERRABLE INITIALLY DEFERRED, "video_id" bigint NULL REFERENCES "home_crediteddocument" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_webinarpage_capacities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "webinarpage_id" integer NOT NULL REFERENCES "learning_webinarpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "capacity_id" bigint NOT NULL REFERENCES "directory_capacity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_webinarkeyword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, "content_object_id" integer NOT NULL REFERENCES "learning_webinarpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_speaker" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "name" varchar(150) NOT NULL, "about" varchar(200) NOT NULL, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "learning_webinarpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_attempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "module" char(32) NOT NULL, "language" varchar(12) NOT NULL, "step" varchar(36) NOT NULL, "block" varchar(36) NOT NULL, "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "correct" bool NOT NULL, "wording" text NOT NULL CHECK ((JSON_VALID("wording") OR "wording" IS NULL)), "at" datetime NOT NULL, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "learning_completion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "module" char(32) NOT NULL, "language" varchar(12) NOT NULL, "title" varchar(255) NOT NULL, "at" datetime NOT NULL, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "learning_completion_once" UNIQUE ("user_id", "module"));

CREATE TABLE "learning_enrolment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "created" datetime NOT NULL, "is_demo" bool NOT NULL, "cohort_id" bigint NOT NULL REFERENCES "learning_cohort" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "learning_enrolment_once" UNIQUE ("cohort_id", "user_id"));

CREATE TABLE "learning_progress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "module" char(32) NOT NULL, "language" varchar(12) NOT NULL, "block" varchar(36) NOT NULL, "part" varchar(10) NOT NULL, "done_at" datetime NULL, "state" text NOT NULL CHECK ((JSON_VALID("state") OR "state" IS NULL)), "updated" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "learning_progress_once" UNIQUE ("user_id", "module", "block"));

CREATE TABLE "learning_study" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "module" char(32) NOT NULL, "language" varchar(12) NOT NULL, "step" varchar(36) NOT NULL, "begun" datetime NOT NULL, "seen" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "learning_study_once" UNIQUE ("user_id", "module"));

CREATE TABLE "learning_session" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "title" varchar(200) NOT NULL, "starts_at" datetime NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "language" varchar(12) NOT NULL, "interpretation" varchar(120) NOT NULL, "meeting_url" varchar(500) NOT NULL, "cohort_id" bigint NOT NULL REFERENCES "learning_cohort" ("id") DEFERRABLE INITIALLY DEFERRED, "recording_id" integer NULL REFERENCES "learning_webinarpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "home_homepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "headline" varchar(200) NOT NULL, "lead" text NOT NULL, "examples" text NOT NULL, "story_heading" varchar(200) NOT NULL, "story" text NOT NULL CHECK ((JSON_VALID("story") OR "story" IS NULL)), "story_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "story_note" varchar(200) NOT NULL);

CREATE TABLE "home_creditedimage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "description" varchar(255) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "credit" varchar(300) NOT NULL, "licence" varchar(80) NOT NULL, "source_url" varchar(500) NOT NULL, "commons_file" varchar(255) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_prepared" bool NOT NULL);

CREATE TABLE "home_incident" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "part" varchar(20) NOT NULL, "level" varchar(10) NOT NULL, "problem" varchar(20) NOT NULL, "began" datetime NOT NULL, "ended" datetime NULL);

CREATE TABLE "jobs_heartbeat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL UNIQUE, "at" datetime NOT NULL);

CREATE TABLE "jobs_attempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(64) NOT NULL UNIQUE, "function" varchar(200) NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "given_up" bool NOT NULL, "error" text NOT NULL, "updated" datetime NOT NULL, "asked" text NOT NULL CHECK ((JSON_VALID("asked") OR "asked" IS NULL)));

CREATE TABLE "learning_importrecord" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "source" varchar(40) NOT NULL, "type" varchar(10) NOT NULL, "source_id" varchar(255) NOT NULL, "slug" varchar(255) NOT NULL, "source_path" varchar(500) NOT NULL, "source_commit" varchar(64) NOT NULL, "sha256" varchar(64) NOT NULL, "built" varchar(64) NOT NULL, "saved" varchar(64) NOT NULL, "created" datetime NOT NULL, "updated" datetime NOT NULL, "image_id" bigint NULL REFERENCES "home_creditedimage" ("id") DEFERRABLE INITIALLY DEFERRED, "library_id" bigint NULL REFERENCES "learning_library" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NULL REFERENCES "learning_trainingmodulepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "learning_import_once" UNIQUE ("source", "type", "source_id"));

CREATE TABLE "learning_caption" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "language" varchar(12) NOT NULL, "text" text NOT NULL, "cues" text NOT NULL CHECK ((JSON_VALID("cues") OR "cues" IS NULL)), "file_id" bigint NULL REFERENCES "home_crediteddocument" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "learning_webinarpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "found" text NOT NULL CHECK ((JSON_VALID("found") OR "found" IS NULL)));

CREATE TABLE "mentoring_mentoringrequest_not_with" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "mentoringrequest_id" char(32) NOT NULL REFERENCES "mentoring_mentoringrequest" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_mentoroffer_not_with" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "mentoroffer_id" char(32) NOT NULL REFERENCES "mentoring_mentoroffer" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_coordinatornote" ("id" char(32) NOT NULL PRIMARY KEY, "text" text NOT NULL, "answer" text NOT NULL, "answered_at" datetime NULL, "token" char(32) NOT NULL UNIQUE, "created" datetime NOT NULL, "answered_by_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "pairing_id" char(32) NOT NULL REFERENCES "mentoring_pairing" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_mentoringrequest" ("state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "id" char(32) NOT NULL PRIMARY KEY, "goal" text NOT NULL, "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "formats" text NOT NULL CHECK ((JSON_VALID("formats") OR "formats" IS NULL)), "timezone" varchar(64) NOT NULL, "contact" varchar(300) NOT NULL, "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "at_head" bool NOT NULL, "submitted_at" datetime NULL, "paired_at" datetime NULL, "saved_at" datetime NOT NULL, "created" datetime NOT NULL, "programme_id" integer NOT NULL REFERENCES "mentoring_mentoringprogrammepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "not_with_words" text NOT NULL, "person_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_pairing" ("state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "id" char(32) NOT NULL PRIMARY KEY, "hours_a_month" smallint unsigned NOT NULL CHECK ("hours_a_month" >= 0), "goals" text NOT NULL, "rhythm" varchar(200) NOT NULL, "ends_on" date NULL, "mentee_agreed_at" datetime NULL, "mentor_agreed_at" datetime NULL, "pause_until" date NULL, "ended_at" datetime NULL, "created" datetime NOT NULL, "mentor_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "offer_id" char(32) NULL REFERENCES "mentoring_mentoroffer" ("id") DEFERRABLE INITIALLY DEFERRED, "request_id" char(32) NOT NULL REFERENCES "mentoring_mentoringrequest" ("id") DEFERRABLE INITIALLY DEFERRED, "sign_of_life_at" datetime NOT NULL, "still_on_asked_at" datetime NULL, "mentee_id" char(32) NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "mentoring_mentoroffer" ("id" char(32) NOT NULL PRIMARY KEY, "languages" text NOT NULL CHECK ((JSON_VALID("languages") OR "languages" IS NULL)), "formats" text NOT NULL CHECK ((JSON_VALID("formats") OR "formats" IS NULL)), "hours_a_month" smallint unsigned NOT NULL CHECK ("hours_a_month" >= 0), "max_pairs" smallint unsigned NOT NULL CHECK ("max_pairs" >= 0), "contact" varchar(300) NOT NULL, "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "state" varchar(10) NOT NULL, "pause_until" date NULL, "lapses" smallint unsigned NOT NULL CHECK ("lapses" >= 0), "created" datetime NOT NULL, "updated" datetime NOT NULL, "person_id" char(32) NOT NULL REFERENCES "directory_person" ("id") DEFERRABLE INITIALLY DEFERRED, "programme_id" integer NOT NULL REFERENCES "mentoring_mentoringprogrammepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "not_with_words" text NOT NULL, "state_since" datetime NOT NULL, CONSTRAINT "mentoring_offer_once" UNIQUE ("person_id", "programme_id"));

CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);

CREATE TABLE "notifications_preference" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group" varchar(60) NOT NULL, "delivery" varchar(10) NOT NULL, "token" varchar(64) NOT NULL UNIQUE, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "notifications_one_preference" UNIQUE ("user_id", "group"));

CREATE TABLE "notifications_notification" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(60) NOT NULL, "key" varchar(150) NOT NULL, "context" text NOT NULL CHECK ((JSON_VALID("context") OR "context" IS NULL)), "url" varchar(500) NOT NULL, "created" datetime NOT NULL, "read_at" datetime NULL, "mail_due" bool NOT NULL, "mailed_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "mail_id" bigint NULL REFERENCES "notifications_mail" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "notifications_once" UNIQUE ("user_id", "key"));

CREATE TABLE "notifications_mailserver" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "away_since" datetime NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "next_try" datetime NULL, "problem" varchar(100) NOT NULL, "last_answer" datetime NULL);

CREATE TABLE "notifications_recipient" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "address" varchar(320) NOT NULL UNIQUE, "reason" varchar(20) NOT NULL, "status" varchar(20) NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "first_at" datetime NOT NULL, "last_at" datetime NOT NULL, "stopped_at" datetime NULL);

CREATE TABLE "notifications_mail" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "address" varchar(320) NOT NULL, "purpose" varchar(100) NOT NULL, "important" bool NOT NULL, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "state" varchar(10) NOT NULL, "attempts" integer unsigned NOT NULL CHECK ("attempts" >= 0), "next_try" datetime NOT NULL, "until" datetime NULL, "reason" varchar(20) NOT NULL, "status" varchar(20) NOT NULL, "mark" varchar(32) NOT NULL UNIQUE, "claim" varchar(32) NOT NULL, "claimed_at" datetime NULL, "returned" bool NOT NULL, "created" datetime NOT NULL, "done_at" datetime NULL, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "reports_report" ("state" varchar(40) NOT NULL, "state_since" datetime NOT NULL, "id" char(32) NOT NULL PRIMARY KEY, "receipt" varchar(6) NOT NULL UNIQUE, "subject_kind" varchar(20) NOT NULL, "subject_id" varchar(64) NOT NULL, "text" text NOT NULL, "by_mail" bool NOT NULL, "token" char(32) NOT NULL UNIQUE, "reminded_at" datetime NULL, "created" datetime NOT NULL, "reporter_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "reports_message" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_reporter" bool NOT NULL, "text" text NOT NULL, "token" char(32) NOT NULL UNIQUE, "created" datetime NOT NULL, "by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" char(32) NOT NULL REFERENCES "reports_report" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "reports_leftout" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "why" varchar(10) NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" char(32) NOT NULL REFERENCES "reports_report" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reports_left_out_once" UNIQUE ("report_id", "user_id"));

CREATE TABLE "search_knownanswers" ("search_id" bigint NOT NULL PRIMARY KEY REFERENCES "search_savedsearch" ("id") DEFERRABLE INITIALLY DEFERRED, "digests" BLOB NOT NULL);

CREATE TABLE "search_savedsearch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL, "query" varchar(2000) NOT NULL, "language" varchar(12) NOT NULL, "alerts" varchar(10) NOT NULL, "created" datetime NOT NULL, "looked" datetime NULL, "looks" integer unsigned NOT NULL CHECK ("looks" >= 0), "told" datetime NULL, "told_count" integer unsigned NOT NULL CHECK ("told_count" >= 0), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "search_saved_once" UNIQUE ("user_id", "query", "language"));

CREATE TABLE "search_outboxentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(100) NOT NULL, "object_id" varchar(100) NOT NULL, "created" datetime NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "next_try" datetime NOT NULL, "error" text NOT NULL, "dead" bool NOT NULL, "done_at" datetime NULL, "begun" smallint unsigned NOT NULL CHECK ("begun" >= 0), "tried" datetime NULL, "signalled" bool NOT NULL);

CREATE TABLE "search_semantic_meaning" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(32) NOT NULL, "digest" varchar(32) NOT NULL, "vector" BLOB NULL, "tries" smallint unsigned NOT NULL CHECK ("tries" >= 0), "object_id" varchar(100) NOT NULL, CONSTRAINT "search_meaning_of_text_of_object" UNIQUE ("kind", "object_id", "digest"));

CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);

CREATE TABLE "socialaccount_socialapp" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(30) NOT NULL, "name" varchar(40) NOT NULL, "client_id" varchar(191) NOT NULL, "secret" varchar(191) NOT NULL, "key" varchar(191) NOT NULL, "provider_id" varchar(200) NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)));

CREATE TABLE "socialaccount_socialtoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" text NOT NULL, "token_secret" text NOT NULL, "expires_at" datetime NULL, "account_id" integer NOT NULL REFERENCES "socialaccount_socialaccount" ("id") DEFERRABLE INITIALLY DEFERRED, "app_id" integer NULL REFERENCES "socialaccount_socialapp" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "socialaccount_socialaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(200) NOT NULL, "uid" varchar(191) NOT NULL, "last_login" datetime NOT NULL, "date_joined" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)));

CREATE TABLE "wagtail_localize_translation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "created_at" datetime NOT NULL, "translations_last_updated_at" datetime NULL, "destination_last_updated_at" datetime NULL, "enabled" bool NOT NULL, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "target_locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_stringtranslation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_of_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED, "tool_name" varchar(255) NOT NULL, "translation_type" varchar(20) NOT NULL, "last_translated_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "field_error" text NOT NULL, "has_error" bool NOT NULL);

CREATE TABLE "wagtail_localize_overridablesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "data_json" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_segmentoverride" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "data_json" text NOT NULL, "has_error" bool NOT NULL, "field_error" text NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "last_translated_by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_localesynchronization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "locale_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "sync_from_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtail_localize_translationsource" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_repr" text NOT NULL, "content_json" text NOT NULL, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "specific_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "last_updated_at" datetime NOT NULL, "schema_version" varchar(255) NOT NULL);

CREATE TABLE "wagtail_localize_translationcontext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path_id" char(32) NOT NULL, "path" text NOT NULL, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "field_path" text NOT NULL);

CREATE TABLE "wagtail_localize_translationlog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtailadmin_admin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT);

CREATE TABLE "wagtailadmin_editingsession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "last_seen_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_editing" bool NOT NULL);

CREATE TABLE "wagtailadmin_formstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "object_id" varchar(255) NOT NULL, "parent_object_id" varchar(255) NOT NULL, "last_updated_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "wagtaildocs_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0));

CREATE TABLE "wagtailembeds_embed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" text NOT NULL, "max_width" smallint NULL, "type" varchar(10) NOT NULL, "html" text NOT NULL, "title" text NOT NULL, "author_name" text NOT NULL, "provider_name" text NOT NULL, "width" integer NULL, "height" integer NULL, "last_updated" datetime NOT NULL, "hash" varchar(32) NOT NULL UNIQUE, "thumbnail_url" text NOT NULL, "cache_until" datetime NULL);

CREATE TABLE "wagtailforms_formsubmission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "submit_time" datetime NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "form_data" text NOT NULL CHECK ((JSON_VALID("form_data") OR "form_data" IS NULL)));

CREATE TABLE "wagtailimages_rendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "filter_spec" varchar(255) NOT NULL, "image_id" integer NOT NULL REFERENCES "wagtailimages_image" ("id") DEFERRABLE INITIALLY DEFERRED, "file" varchar(100) NOT NULL);

CREATE TABLE "wagtailimages_image" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "uploaded_by_user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "description" varchar(255) NOT NULL);

CREATE TABLE "wagtailredirects_redirect" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "old_path" varchar(255) NOT NULL, "is_permanent" bool NOT NULL, "redirect_link" varchar(255) NOT NULL, "redirect_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED, "automatically_created" bool NOT NULL, "created_at" datetime NULL, "redirect_page_route_path" varchar(255) NOT NULL);

CREATE TABLE "wagtailsearch_indexentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(50) NOT NULL, "title_norm" real NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "autocomplete" text NULL, "body" text NULL, "title" text NOT NULL);

CREATE VIRTUAL TABLE wagtailsearch_indexentry_fts USING fts5(autocomplete, body, title);

CREATE TABLE "wagtailusers_userprofile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "submitted_notifications" bool NOT NULL, "approved_notifications" bool NOT NULL, "rejected_notifications" bool NOT NULL, "user_id" bigint NOT NULL UNIQUE REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "preferred_language" varchar(10) NOT NULL, "current_time_zone" varchar(40) NOT NULL, "avatar" varchar(100) NOT NULL, "updated_comments_notifications" bool NOT NULL, "dismissibles" text NOT NULL CHECK ((JSON_VALID("dismissibles") OR "dismissibles" IS NULL)), "theme" varchar(40) NOT NULL, "density" varchar(40) NOT NULL, "contrast" varchar(40) NOT NULL, "keyboard_shortcuts" bool NOT NULL);

CREATE TABLE "workflow_logentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "flow" varchar(60) NOT NULL, "object_id" varchar(64) NOT NULL, "name" varchar(60) NOT NULL, "source" varchar(60) NOT NULL, "target" varchar(60) NOT NULL, "role" varchar(60) NOT NULL, "reason_code" varchar(60) NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");

CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");

CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");

CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");

CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");

CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");

CREATE UNIQUE INDEX "accounts_user_groups_user_id_group_id_59c0b32f_uniq" ON "accounts_user_groups" ("user_id", "group_id");

CREATE INDEX "accounts_user_groups_user_id_52b62117" ON "accounts_user_groups" ("user_id");

CREATE INDEX "accounts_user_groups_group_id_bd11a704" ON "accounts_user_groups" ("group_id");

CREATE UNIQUE INDEX "accounts_user_user_permissions_user_id_permission_id_2ab516c2_uniq" ON "accounts_user_user_permissions" ("user_id", "permission_id");

CREATE INDEX "accounts_user_user_permissions_user_id_e4f0a161" ON "accounts_user_user_permissions" ("user_id");

CREATE INDEX "accounts_user_user_permissions_permission_id_113bb443" ON "accounts_user_user_permissions" ("permission_id");

CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");

CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");

CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";

CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");

CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");

CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";

CREATE UNIQUE INDEX "accounts_email_any_case" ON "accounts_user" ((LOWER("email")));

CREATE INDEX "accounts_counter_expires_96532ffa" ON "accounts_counter" ("expires");

CREATE INDEX "accounts_browsersession_user_id_b0cb11d3" ON "accounts_browsersession" ("user_id");

CREATE UNIQUE INDEX "wagtailcore_groupcollectionpermission_group_id_collection_id_permission_id_a21cefe9_uniq" ON "wagtailcore_groupcollectionpermission" ("group_id", "collection_id", "permission_id");

CREATE INDEX "wagtailcore_groupcollectionpermission_collection_id_5423575a" ON "wagtailcore_groupcollectionpermission" ("collection_id");

CREATE INDEX "wagtailcore_groupcollectionpermission_group_id_05d61460" ON "wagtailcore_groupcollectionpermission" ("group_id");

CREATE INDEX "wagtailcore_groupcollectionpermission_permission_id_1b626275" ON "wagtailcore_groupcollectionpermission" ("permission_id");

CREATE UNIQUE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_group_id_d23f80bb_uniq" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id", "group_id");

CREATE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_f147a99a" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id");

CREATE INDEX "wagtailcore_pageviewrestriction_groups_group_id_6460f223" ON "wagtailcore_pageviewrestriction_groups" ("group_id");

CREATE INDEX "wagtailcore_pageviewrestriction_page_id_15a8bea6" ON "wagtailcore_pageviewrestriction" ("page_id");

CREATE INDEX "wagtailcore_collectionviewrestriction_collection_id_761908ec" ON "wagtailcore_collectionviewrestriction" ("collection_id");

CREATE UNIQUE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_group_id_988995ae_uniq" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id", "group_id");

CREATE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_47320efd" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id");

CREATE INDEX "wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3" ON "wagtailcore_collectionviewrestriction_groups" ("group_id");

CREATE UNIQUE INDEX "wagtailcore_site_hostname_port_2c626d70_uniq" ON "wagtailcore_site" ("hostname", "port");

CREATE INDEX "wagtailcore_site_hostname_96b20b46" ON "wagtailcore_site" ("hostname");

CREATE INDEX "wagtailcore_site_root_page_id_e02fb95c" ON "wagtailcore_site" ("root_page_id");

CREATE INDEX "wagtailcore_task_content_type_id_249ab8ba" ON "wagtailcore_task" ("content_type_id");

CREATE INDEX "wagtailcore_workflowpage_workflow_id_56f56ff6" ON "wagtailcore_workflowpage" ("workflow_id");

CREATE UNIQUE INDEX "wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq" ON "wagtailcore_workflowtask" ("workflow_id", "task_id");

CREATE INDEX "wagtailcore_workflowtask_task_id_ce7716fe" ON "wagtailcore_workflowtask" ("task_id");

CREATE INDEX "wagtailcore_workflowtask_workflow_id_b9717175" ON "wagtailcore_workflowtask" ("workflow_id");

CREATE UNIQUE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_group_id_bb5ee7eb_uniq" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id", "group_id");

CREATE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_9a9255ea" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id");

CREATE INDEX "wagtailcore_groupapprovaltask_groups_group_id_2e64b61f" ON "wagtailcore_groupapprovaltask_groups" ("group_id");

CREATE UNIQUE INDEX "wagtailcore_page_translation_key_locale_id_9b041bad_uniq" ON "wagtailcore_page" ("translation_key", "locale_id");

CREATE INDEX "wagtailcore_page_slug_e7c11b8f" ON "wagtailcore_page" ("slug");

CREATE INDEX "wagtailcore_page_content_type_id_c28424df" ON "wagtailcore_page" ("content_type_id");

CREATE INDEX "wagtailcore_page_owner_id_fbf7c332" ON "wagtailcore_page" ("owner_id");

CREATE INDEX "wagtailcore_page_first_published_at_2b5dd637" ON "wagtailcore_page" ("first_published_at");

CREATE INDEX "wagtailcore_page_live_revision_id_930bd822" ON "wagtailcore_page" ("live_revision_id");

CREATE INDEX "wagtailcore_page_locked_by_id_bcb86245" ON "wagtailcore_page" ("locked_by_id");

CREATE INDEX "wagtailcore_page_locale_id_3c7e30a6" ON "wagtailcore_page" ("locale_id");

CREATE INDEX "wagtailcore_page_alias_of_id_12945502" ON "wagtailcore_page" ("alias_of_id");

CREATE INDEX "wagtailcore_commentreply_comment_id_afc7e027" ON "wagtailcore_commentreply" ("comment_id");

CREATE INDEX "wagtailcore_commentreply_user_id_d0b3b9c3" ON "wagtailcore_commentreply" ("user_id");

CREATE UNIQUE INDEX "wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq" ON "wagtailcore_pagesubscription" ("page_id", "user_id");

CREATE INDEX "wagtailcore_pagesubscription_page_id_a085e7a6" ON "wagtailcore_pagesubscription" ("page_id");

CREATE INDEX "wagtailcore_pagesubscription_user_id_89d7def9" ON "wagtailcore_pagesubscription" ("user_id");

CREATE UNIQUE INDEX "wagtail_localize_string_locale_id_data_hash_bae71852_uniq" ON "wagtail_localize_string" ("locale_id", "data_hash");

CREATE INDEX "wagtail_localize_string_locale_id_2cded126" ON "wagtail_localize_string" ("locale_id");

CREATE UNIQUE INDEX "wagtail_localize_translatableobject_content_type_id_translation_key_de875339_uniq" ON "wagtail_localize_translatableobject" ("content_type_id", "translation_key");

CREATE INDEX "wagtail_localize_translatableobject_content_type_id_0d6c5139" ON "wagtail_localize_translatableobject" ("content_type_id");

CREATE INDEX "wagtail_localize_templatesegment_context_id_81456b25" ON "wagtail_localize_templatesegment" ("context_id");

CREATE INDEX "wagtail_localize_templatesegment_source_id_26b89dc6" ON "wagtail_localize_templatesegment" ("source_id");

CREATE INDEX "wagtail_localize_templatesegment_template_id_c370b3c8" ON "wagtail_localize_templatesegment" ("template_id");

CREATE INDEX "wagtail_localize_stringsegment_context_id_63235539" ON "wagtail_localize_stringsegment" ("context_id");

CREATE INDEX "wagtail_localize_stringsegment_source_id_5804129f" ON "wagtail_localize_stringsegment" ("source_id");

CREATE INDEX "wagtail_localize_stringsegment_string_id_6356d5ec" ON "wagtail_localize_stringsegment" ("string_id");

CREATE INDEX "wagtail_localize_relatedobjectsegment_context_id_c0a725be" ON "wagtail_localize_relatedobjectsegment" ("context_id");

CREATE INDEX "wagtail_localize_relatedobjectsegment_object_id_6c7b58df" ON "wagtail_localize_relatedobjectsegment" ("object_id");

CREATE INDEX "wagtail_localize_relatedobjectsegment_source_id_9a3b1373" ON "wagtail_localize_relatedobjectsegment" ("source_id");

CREATE INDEX "wagtailcore_comment_page_id_108444b5" ON "wagtailcore_comment" ("page_id");

CREATE INDEX "wagtailcore_comment_resolved_by_id_a282aa0e" ON "wagtailcore_comment" ("resolved_by_id");

CREATE INDEX "wagtailcore_comment_revision_created_id_1d058279" ON "wagtailcore_comment" ("revision_created_id");

CREATE INDEX "wagtailcore_comment_user_id_0c577ca6" ON "wagtailcore_comment" ("user_id");

CREATE INDEX "wagtailcore_page_latest_revision_id_e60fef51" ON "wagtailcore_page" ("latest_revision_id");

CREATE UNIQUE INDEX "wagtailcore_referenceindex_base_content_type_id_object_id_to_content_type_id_to_object_id_content_path_hash_9e6ccd6a_uniq" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "content_path_hash");

CREATE INDEX "wagtailcore_referenceindex_base_content_type_id_313cf40f" ON "wagtailcore_referenceindex" ("base_content_type_id");

CREATE INDEX "wagtailcore_referenceindex_content_type_id_766e0336" ON "wagtailcore_referenceindex" ("content_type_id");

CREATE INDEX "wagtailcore_referenceindex_to_content_type_id_93690bbd" ON "wagtailcore_referenceindex" ("to_content_type_id");

CREATE INDEX "wagtailcore_taskstate_content_type_id_0a758fdc" ON "wagtailcore_taskstate" ("content_type_id");

CREATE INDEX "wagtailcore_taskstate_task_id_c3677c34" ON "wagtailcore_taskstate" ("task_id");

CREATE INDEX "wagtailcore_taskstate_workflow_state_id_9239a775" ON "wagtailcore_taskstate" ("workflow_state_id");

CREATE INDEX "wagtailcore_taskstate_finished_by_id_13f98229" ON "wagtailcore_taskstate" ("finished_by_id");

CREATE INDEX "wagtailcore_taskstate_revision_id_df25a499" ON "wagtailcore_taskstate" ("revision_id");

CREATE UNIQUE INDEX "unique_in_progress_workflow" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id") WHERE "status" IN ('in_progress', 'needs_changes');

CREATE INDEX "wagtailcore_workflowstate_requested_by_id_4090bca3" ON "wagtailcore_workflowstate" ("requested_by_id");

CREATE INDEX "wagtailcore_workflowstate_workflow_id_1f18378f" ON "wagtailcore_workflowstate" ("workflow_id");

CREATE INDEX "wagtailcore_workflowstate_base_content_type_id_a30dc576" ON "wagtailcore_workflowstate" ("base_content_type_id");

CREATE INDEX "wagtailcore_workflowstate_content_type_id_2bb78ce1" ON "wagtailcore_workflowstate" ("content_type_id");

CREATE INDEX "workflowstate_ct_id_idx" ON "wagtailcore_workflowstate" ("content_type_id", "object_id");

CREATE INDEX "workflowstate_base_ct_id_idx" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id");

CREATE INDEX "wagtailcore_workflowcontenttype_workflow_id_9aad7cd2" ON "wagtailcore_workflowcontenttype" ("workflow_id");

CREATE INDEX "wagtailcore_modellogentry_action_d2d856ee" ON "wagtailcore_modellogentry" ("action");

CREATE INDEX "wagtailcore_modellogentry_timestamp_9694521b" ON "wagtailcore_modellogentry" ("timestamp");

CREATE INDEX "wagtailcore_modellogentry_content_changed_8bc39742" ON "wagtailcore_modellogentry" ("content_changed");

CREATE INDEX "wagtailcore_modellogentry_object_id_e0e7d4ef" ON "wagtailcore_modellogentry" ("object_id");

CREATE INDEX "wagtailcore_modellogentry_content_type_id_68849e77" ON "wagtailcore_modellogentry" ("content_type_id");

CREATE INDEX "wagtailcore_modellogentry_user_id_0278d1bf" ON "wagtailcore_modellogentry" ("user_id");

CREATE INDEX "wagtailcore_modellogentry_revision_id_df6ca33a" ON "wagtailcore_modellogentry" ("revision_id");

CREATE INDEX "wagtailcore_pagelogentry_action_c2408198" ON "wagtailcore_pagelogentry" ("action");

CREATE INDEX "wagtailcore_pagelogentry_timestamp_deb774c4" ON "wagtailcore_pagelogentry" ("timestamp");

CREATE INDEX "wagtailcore_pagelogentry_content_changed_99f27ade" ON "wagtailcore_pagelogentry" ("content_changed");

CREATE INDEX "wagtailcore_pagelogentry_content_type_id_74e7708a" ON "wagtailcore_pagelogentry" ("content_type_id");

CREATE INDEX "wagtailcore_pagelogentry_page_id_8464e327" ON "wagtailcore_pagelogentry" ("page_id");

CREATE INDEX "wagtailcore_pagelogentry_revision_id_8043d103" ON "wagtailcore_pagelogentry" ("revision_id");

CREATE INDEX "wagtailcore_pagelogentry_user_id_604ccfd8" ON "wagtailcore_pagelogentry" ("user_id");

CREATE INDEX "wagtailcore_grouppagepermission_group_id_fc07e671" ON "wagtailcore_grouppagepermission" ("group_id");

CREATE INDEX "wagtailcore_grouppagepermission_page_id_710b114a" ON "wagtailcore_grouppagepermission" ("page_id");

CREATE INDEX "wagtailcore_grouppagepermission_permission_id_05acb22e" ON "wagtailcore_grouppagepermission" ("permission_id");

CREATE INDEX "wagtailcore_revision_created_at_81450aa6" ON "wagtailcore_revision" ("created_at");

CREATE INDEX "wagtailcore_revision_approved_go_live_at_88d3dee5" ON "wagtailcore_revision" ("approved_go_live_at");

CREATE INDEX "wagtailcore_revision_user_id_03df83b0" ON "wagtailcore_revision" ("user_id");

CREATE INDEX "wagtailcore_revision_content_type_id_c8cb69c0" ON "wagtailcore_revision" ("content_type_id");

CREATE INDEX "wagtailcore_revision_base_content_type_id_5b4ef7bd" ON "wagtailcore_revision" ("base_content_type_id");

CREATE INDEX "content_object_idx" ON "wagtailcore_revision" ("content_type_id", "object_id");

CREATE INDEX "base_content_object_idx" ON "wagtailcore_revision" ("base_content_type_id", "object_id");

CREATE INDEX "wagtailcore_uploadedfile_for_content_type_id_b0fc87b2" ON "wagtailcore_uploadedfile" ("for_content_type_id");

CREATE INDEX "wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8" ON "wagtailcore_uploadedfile" ("uploaded_by_user_id");

CREATE UNIQUE INDEX "wagtailcore_groupsitepermission_group_id_site_id_permission_id_a58ee30d_uniq" ON "wagtailcore_groupsitepermission" ("group_id", "site_id", "permission_id");

CREATE INDEX "wagtailcore_groupsitepermission_group_id_e5cdbee4" ON "wagtailcore_groupsitepermission" ("group_id");

CREATE INDEX "wagtailcore_groupsitepermission_permission_id_459b1f38" ON "wagtailcore_groupsitepermission" ("permission_id");

CREATE INDEX "wagtailcore_groupsitepermission_site_id_245de488" ON "wagtailcore_groupsitepermission" ("site_id");

CREATE INDEX "referenceindex_source_object" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id");

CREATE INDEX "referenceindex_target_object" ON "wagtailcore_referenceindex" ("to_content_type_id", "to_object_id");

CREATE INDEX "wagtailcore_uuid_d6363b_idx" ON "wagtailcore_modellogentry" ("uuid", "action", "timestamp" DESC);

CREATE INDEX "wagtailcore_uuid_06a44d_idx" ON "wagtailcore_pagelogentry" ("uuid", "action", "timestamp" DESC);

CREATE INDEX "wagtailcore_apitoken_user_id_49b1141b" ON "wagtailcore_apitoken" ("user_id");

CREATE INDEX "taggit_taggeditem_object_id_e2d7d1df" ON "taggit_taggeditem" ("object_id");

CREATE INDEX "taggit_taggeditem_content_type_id_9957a03c" ON "taggit_taggeditem" ("content_type_id");

CREATE INDEX "taggit_taggeditem_tag_id_f4f5b767" ON "taggit_taggeditem" ("tag_id");

CREATE INDEX "taggit_tagg_content_8fc721_idx" ON "taggit_taggeditem" ("content_type_id", "object_id");

CREATE INDEX "home_crediteddocument_collection_id_7e076dec" ON "home_crediteddocument" ("collection_id");

CREATE INDEX "home_crediteddocument_uploaded_by_user_id_7838a595" ON "home_crediteddocument" ("uploaded_by_user_id");

CREATE INDEX "home_creditedrendition_filter_spec_d099661f" ON "home_creditedrendition" ("filter_spec");

CREATE INDEX "home_creditedrendition_image_id_5b5cbdd8" ON "home_creditedrendition" ("image_id");

CREATE UNIQUE INDEX "directory_listing_capacities_listing_id_capacity_id_422a2f42_uniq" ON "directory_listing_capacities" ("listing_id", "capacity_id");

CREATE INDEX "directory_listing_capacities_listing_id_b8afc953" ON "directory_listing_capacities" ("listing_id");

CREATE INDEX "directory_listing_capacities_capacity_id_cf80db1c" ON "directory_listing_capacities" ("capacity_id");

CREATE INDEX "directory_listingkeyword_object_id_068a5857" ON "directory_listingkeyword" ("object_id");

CREATE INDEX "directory_listingkeyword_content_type_id_1b071463" ON "directory_listingkeyword" ("content_type_id");

CREATE INDEX "directory_listingkeyword_tag_id_bccf3328" ON "directory_listingkeyword" ("tag_id");

CREATE INDEX "directory_capacitytext_capacity_id_63d37c9f" ON "directory_capacitytext" ("capacity_id");

CREATE INDEX "directory_organisationtext_organisation_id_38b7f0e2" ON "directory_organisationtext" ("organisation_id");

CREATE INDEX "directory_membership_organisation_id_1777c640" ON "directory_membership" ("organisation_id");

CREATE INDEX "directory_membership_person_id_08488ac9" ON "directory_membership" ("person_id");

CREATE INDEX "directory_personcapacity_capacity_id_d652c992" ON "directory_personcapacity" ("capacity_id");

CREATE INDEX "directory_personcapacity_person_id_81cfa1de" ON "directory_personcapacity" ("person_id");

CREATE INDEX "directory_personlanguage_person_id_bf5aaa87" ON "directory_personlanguage" ("person_id");

CREATE INDEX "directory_person_portrait_id_e2649f1b" ON "directory_person" ("portrait_id");

CREATE INDEX "directory_invitation_invited_by_id_773c6c5a" ON "directory_invitation" ("invited_by_id");

CREATE INDEX "directory_invitation_organisation_id_fba0d931" ON "directory_invitation" ("organisation_id");

CREATE INDEX "directory_invitation_person_id_84e799a9" ON "directory_invitation" ("person_id");

CREATE UNIQUE INDEX "directory_organisation_source_once" ON "directory_organisation" ("source", "source_id") WHERE NOT ("source" = '');

CREATE INDEX "directory_invitation_approved_by_id_42f1f6b0" ON "directory_invitation" ("approved_by_id");

CREATE UNIQUE INDEX "directory_exchange_one_open" ON "directory_exchange" ("listing_id", "starter_id") WHERE "state" IN ('asked', 'accepted');

CREATE UNIQUE INDEX "directory_exchange_one_open_person" ON "directory_exchange" ("asked_person_id", "starter_id") WHERE "state" IN ('asked', 'accepted');

CREATE INDEX "directory_exchange_state_ea5f12b3" ON "directory_exchange" ("state");

CREATE INDEX "directory_exchange_listing_id_4db59a90" ON "directory_exchange" ("listing_id");

CREATE INDEX "directory_exchange_starter_id_4e48105b" ON "directory_exchange" ("starter_id");

CREATE INDEX "directory_exchange_about_id_bde0d041" ON "directory_exchange" ("about_id");

CREATE INDEX "directory_exchange_answered_by_id_5dd4709d" ON "directory_exchange" ("answered_by_id");

CREATE INDEX "directory_exchange_asked_person_id_9942af0d" ON "directory_exchange" ("asked_person_id");

CREATE INDEX "directory_exchange_need_id_0afccf3e" ON "directory_exchange" ("need_id");

CREATE UNIQUE INDEX "directory_capacity_one_label" ON "directory_capacitytext" ("capacity_id", "language", "role") WHERE "role" IN ('preferred', 'definition');

CREATE UNIQUE INDEX "directory_capacity_wikidata_once" ON "directory_capacity" ("wikidata_id") WHERE NOT ("wikidata_id" = '');

CREATE INDEX "directory_listing_state_1a2eea6c" ON "directory_listing" ("state");

CREATE INDEX "directory_listing_organisation_id_61b447a7" ON "directory_listing" ("organisation_id");

CREATE INDEX "directory_listing_created_by_id_1e85ec6c" ON "directory_listing" ("created_by_id");

CREATE INDEX "directory_listing_person_id_e941f8bb" ON "directory_listing" ("person_id");

CREATE INDEX "success_index" ON "django_q_task" ("group", "name", "func") WHERE "success";

CREATE UNIQUE INDEX "mentoring_mentoringprogrammepage_capacities_mentoringprogrammepage_id_capacity_id_ec5315a3_uniq" ON "mentoring_mentoringprogrammepage_capacities" ("mentoringprogrammepage_id", "capacity_id");

CREATE INDEX "mentoring_mentoringprogrammepage_capacities_mentoringprogrammepage_id_9b6932ea" ON "mentoring_mentoringprogrammepage_capacities" ("mentoringprogrammepage_id");

CREATE INDEX "mentoring_mentoringprogrammepage_capacities_capacity_id_7355094f" ON "mentoring_mentoringprogrammepage_capacities" ("capacity_id");

CREATE UNIQUE INDEX "mentoring_mentoringrequest_capacities_mentoringrequest_id_capacity_id_a036c99d_uniq" ON "mentoring_mentoringrequest_capacities" ("mentoringrequest_id", "capacity_id");

CREATE INDEX "mentoring_mentoringrequest_capacities_mentoringrequest_id_858162f8" ON "mentoring_mentoringrequest_capacities" ("mentoringrequest_id");

CREATE INDEX "mentoring_mentoringrequest_capacities_capacity_id_a587b542" ON "mentoring_mentoringrequest_capacities" ("capacity_id");

CREATE UNIQUE INDEX "mentoring_mentoroffer_capacities_mentoroffer_id_capacity_id_2b7bd49e_uniq" ON "mentoring_mentoroffer_capacities" ("mentoroffer_id", "capacity_id");

CREATE INDEX "mentoring_mentoroffer_capacities_mentoroffer_id_a3b29da7" ON "mentoring_mentoroffer_capacities" ("mentoroffer_id");

CREATE INDEX "mentoring_mentoroffer_capacities_capacity_id_a0afff27" ON "mentoring_mentoroffer_capacities" ("capacity_id");

CREATE INDEX "mentoring_hoursentry_person_id_c032974d" ON "mentoring_hoursentry" ("person_id");

CREATE INDEX "mentoring_hoursentry_pairing_id_cc532f26" ON "mentoring_hoursentry" ("pairing_id");

CREATE INDEX "mentoring_proposal_state_53d766ca" ON "mentoring_proposal" ("state");

CREATE INDEX "mentoring_proposal_offer_id_af7c640b" ON "mentoring_proposal" ("offer_id");

CREATE INDEX "mentoring_proposal_request_id_296af067" ON "mentoring_proposal" ("request_id");

CREATE INDEX "mentoring_programmecoordinator_page_id_00b74d84" ON "mentoring_programmecoordinator" ("page_id");

CREATE INDEX "mentoring_programmecoordinator_person_id_3c47bc7c" ON "mentoring_programmecoordinator" ("person_id");

CREATE UNIQUE INDEX "mentoring_proposal_one_live" ON "mentoring_proposal" ("request_id", "offer_id") WHERE "state" = 'offered';

CREATE INDEX "mentoring_thanks_pairing_id_11e947b2" ON "mentoring_thanks" ("pairing_id");

CREATE INDEX "mentoring_thanks_person_id_8d293e99" ON "mentoring_thanks" ("person_id");

CREATE UNIQUE INDEX "learning_coursepage_capacities_coursepage_id_capacity_id_5935339a_uniq" ON "learning_coursepage_capacities" ("coursepage_id", "capacity_id");

CREATE INDEX "learning_coursepage_capacities_coursepage_id_ff6a014b" ON "learning_coursepage_capacities" ("coursepage_id");

CREATE INDEX "learning_coursepage_capacities_capacity_id_fcb5b5d8" ON "learning_coursepage_capacities" ("capacity_id");

CREATE INDEX "learning_coursekeyword_tag_id_655fb04c" ON "learning_coursekeyword" ("tag_id");

CREATE INDEX "learning_coursekeyword_content_object_id_cad437ca" ON "learning_coursekeyword" ("content_object_id");

CREATE INDEX "learning_coursefacilitator_person_id_2b32f59b" ON "learning_coursefacilitator" ("person_id");

CREATE INDEX "learning_coursefacilitator_page_id_718a33bf" ON "learning_coursefacilitator" ("page_id");

CREATE INDEX "learning_cohort_course_id_8f124ea4" ON "learning_cohort" ("course_id");

CREATE INDEX "learning_librarycategory_library_id_5e22976f" ON "learning_librarycategory" ("library_id");

CREATE UNIQUE INDEX "learning_trainingmodulepage_capacities_trainingmodulepage_id_capacity_id_8fe40b37_uniq" ON "learning_trainingmodulepage_capacities" ("trainingmodulepage_id", "capacity_id");

CREATE INDEX "learning_trainingmodulepage_capacities_trainingmodulepage_id_709c193f" ON "learning_trainingmodulepage_capacities" ("trainingmodulepage_id");

CREATE INDEX "learning_trainingmodulepage_capacities_capacity_id_e0541817" ON "learning_trainingmodulepage_capacities" ("capacity_id");

CREATE INDEX "learning_nextmodule_module_id_2a3f0df6" ON "learning_nextmodule" ("module_id");

CREATE INDEX "learning_nextmodule_page_id_184028e9" ON "learning_nextmodule" ("page_id");

CREATE INDEX "learning_modulekeyword_tag_id_53925ac6" ON "learning_modulekeyword" ("tag_id");

CREATE INDEX "learning_modulekeyword_content_object_id_d0737c6b" ON "learning_modulekeyword" ("content_object_id");

CREATE INDEX "learning_libraryentry_category_id_bc873ec1" ON "learning_libraryentry" ("category_id");

CREATE INDEX "learning_libraryentry_module_id_b301161b" ON "learning_libraryentry" ("module_id");

CREATE INDEX "learning_webinarpage_audio_id_a00735f3" ON "learning_webinarpage" ("audio_id");

CREATE INDEX "learning_webinarpage_poster_id_89a647fb" ON "learning_webinarpage" ("poster_id");

CREATE INDEX "learning_webinarpage_slides_id_af62d641" ON "learning_webinarpage" ("slides_id");

CREATE INDEX "learning_webinarpage_video_id_5c6bb542" ON "learning_webinarpage" ("video_id");

CREATE UNIQUE INDEX "learning_webinarpage_capacities_webinarpage_id_capacity_id_7c19583d_uniq" ON "learning_webinarpage_capacities" ("webinarpage_id", "capacity_id");

CREATE INDEX "learning_webinarpage_capacities_webinarpage_id_e17deb6c" ON "learning_webinarpage_capacities" ("webinarpage_id");

CREATE INDEX "learning_webinarpage_capacities_capacity_id_899837ca" ON "learning_webinarpage_capacities" ("capacity_id");

CREATE INDEX "learning_webinarkeyword_tag_id_b1ba5cdb" ON "learning_webinarkeyword" ("tag_id");

CREATE INDEX "learning_webinarkeyword_content_object_id_0a5e3c04" ON "learning_webinarkeyword" ("content_object_id");

CREATE INDEX "learning_speaker_person_id_b9a9a587" ON "learning_speaker" ("person_id");

CREATE INDEX "learning_speaker_page_id_cc15d1e0" ON "learning_speaker" ("page_id");

CREATE INDEX "learning_attempt_revision_id_048b4a74" ON "learning_attempt" ("revision_id");

CREATE INDEX "learning_attempt_user_id_e1e99cd9" ON "learning_attempt" ("user_id");

CREATE INDEX "learning_attempt_of" ON "learning_attempt" ("user_id", "module", "block", "at");

CREATE INDEX "learning_completion_revision_id_9a5e8fdb" ON "learning_completion" ("revision_id");

CREATE INDEX "learning_completion_user_id_17d68e34" ON "learning_completion" ("user_id");

CREATE INDEX "learning_enrolment_state_23596c66" ON "learning_enrolment" ("state");

CREATE INDEX "learning_enrolment_cohort_id_6d775f40" ON "learning_enrolment" ("cohort_id");

CREATE INDEX "learning_enrolment_user_id_1eeb6311" ON "learning_enrolment" ("user_id");

CREATE INDEX "learning_progress_user_id_ff1fe722" ON "learning_progress" ("user_id");

CREATE INDEX "learning_study_user_id_8e2925cf" ON "learning_study" ("user_id");

CREATE INDEX "learning_study_recent" ON "learning_study" ("user_id", "seen" DESC);

CREATE INDEX "learning_session_cohort_id_ba0c809e" ON "learning_session" ("cohort_id");

CREATE INDEX "learning_session_recording_id_c5e1caba" ON "learning_session" ("recording_id");

CREATE INDEX "learning_session_when" ON "learning_session" ("starts_at");

CREATE INDEX "home_homepage_story_page_id_651d8c41" ON "home_homepage" ("story_page_id");

CREATE INDEX "home_document_file" ON "home_crediteddocument" ("file");

CREATE INDEX "home_creditedimage_created_at_deae9ed0" ON "home_creditedimage" ("created_at");

CREATE INDEX "home_creditedimage_file_hash_53a5ef85" ON "home_creditedimage" ("file_hash");

CREATE INDEX "home_creditedimage_collection_id_04617288" ON "home_creditedimage" ("collection_id");

CREATE INDEX "home_creditedimage_uploaded_by_user_id_8a9f4460" ON "home_creditedimage" ("uploaded_by_user_id");

CREATE INDEX "home_image_unprepared" ON "home_creditedimage" ("id") WHERE NOT "is_prepared";

CREATE UNIQUE INDEX "home_one_open_incident" ON "home_incident" ("part") WHERE "ended" IS NULL;

CREATE INDEX "learning_importrecord_image_id_a232a968" ON "learning_importrecord" ("image_id");

CREATE INDEX "learning_importrecord_library_id_01672fbc" ON "learning_importrecord" ("library_id");

CREATE INDEX "learning_importrecord_page_id_70a277ff" ON "learning_importrecord" ("page_id");

CREATE INDEX "learning_caption_file_id_21d21319" ON "learning_caption" ("file_id");

CREATE INDEX "learning_caption_page_id_3272777f" ON "learning_caption" ("page_id");

CREATE UNIQUE INDEX "mentoring_mentoringrequest_not_with_mentoringrequest_id_person_id_6126844e_uniq" ON "mentoring_mentoringrequest_not_with" ("mentoringrequest_id", "person_id");

CREATE INDEX "mentoring_mentoringrequest_not_with_mentoringrequest_id_f66ffd29" ON "mentoring_mentoringrequest_not_with" ("mentoringrequest_id");

CREATE INDEX "mentoring_mentoringrequest_not_with_person_id_0db15c09" ON "mentoring_mentoringrequest_not_with" ("person_id");

CREATE UNIQUE INDEX "mentoring_mentoroffer_not_with_mentoroffer_id_person_id_c1031f08_uniq" ON "mentoring_mentoroffer_not_with" ("mentoroffer_id", "person_id");

CREATE INDEX "mentoring_mentoroffer_not_with_mentoroffer_id_294423e4" ON "mentoring_mentoroffer_not_with" ("mentoroffer_id");

CREATE INDEX "mentoring_mentoroffer_not_with_person_id_6bf39e72" ON "mentoring_mentoroffer_not_with" ("person_id");

CREATE INDEX "mentoring_coordinatornote_answered_by_id_38b88358" ON "mentoring_coordinatornote" ("answered_by_id");

CREATE INDEX "mentoring_coordinatornote_pairing_id_846c3ae5" ON "mentoring_coordinatornote" ("pairing_id");

CREATE INDEX "mentoring_coordinatornote_person_id_5ca36478" ON "mentoring_coordinatornote" ("person_id");

CREATE UNIQUE INDEX "mentoring_request_one_open" ON "mentoring_mentoringrequest" ("person_id", "programme_id") WHERE "state" IN ('draft', 'submitted', 'needs_info', 'queued', 'proposed');

CREATE INDEX "mentoring_mentoringrequest_state_a9b20c56" ON "mentoring_mentoringrequest" ("state");

CREATE INDEX "mentoring_mentoringrequest_programme_id_e20c6673" ON "mentoring_mentoringrequest" ("programme_id");

CREATE INDEX "mentoring_mentoringrequest_person_id_2a5c8b55" ON "mentoring_mentoringrequest" ("person_id");

CREATE UNIQUE INDEX "mentoring_pairing_one_open" ON "mentoring_pairing" ("request_id") WHERE "state" IN ('intro', 'active', 'paused');

CREATE INDEX "mentoring_pairing_state_70f7e99b" ON "mentoring_pairing" ("state");

CREATE INDEX "mentoring_pairing_mentor_id_943872cb" ON "mentoring_pairing" ("mentor_id");

CREATE INDEX "mentoring_pairing_offer_id_0afac3a2" ON "mentoring_pairing" ("offer_id");

CREATE INDEX "mentoring_pairing_request_id_71041a85" ON "mentoring_pairing" ("request_id");

CREATE INDEX "mentoring_pairing_mentee_id_5bb5725a" ON "mentoring_pairing" ("mentee_id");

CREATE INDEX "mentoring_mentoroffer_person_id_1e7578bf" ON "mentoring_mentoroffer" ("person_id");

CREATE INDEX "mentoring_mentoroffer_programme_id_83db0a17" ON "mentoring_mentoroffer" ("programme_id");

CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");

CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');

CREATE INDEX "notifications_preference_user_id_c839c2d6" ON "notifications_preference" ("user_id");

CREATE INDEX "notifications_notification_user_id_b5e8c0ff" ON "notifications_notification" ("user_id");

CREATE INDEX "notifications_unread" ON "notifications_notification" ("user_id", "read_at");

CREATE INDEX "notifications_notification_by_id_81dc27f6" ON "notifications_notification" ("by_id");

CREATE INDEX "notifications_mail_due" ON "notifications_mail" ("state", "next_try");

CREATE INDEX "notifications_mail_user_id_1ef2c9bf" ON "notifications_mail" ("user_id");

CREATE INDEX "notifications_notification_mail_id_b2bcd406" ON "notifications_notification" ("mail_id");

CREATE INDEX "reports_by_reporter" ON "reports_report" ("reporter_id", "created");

CREATE INDEX "reports_report_state_c56dd97c" ON "reports_report" ("state");

CREATE INDEX "reports_report_reporter_id_d54be306" ON "reports_report" ("reporter_id");

CREATE INDEX "reports_message_by_id_24a4fee9" ON "reports_message" ("by_id");

CREATE INDEX "reports_message_report_id_e2a7398a" ON "reports_message" ("report_id");

CREATE INDEX "reports_leftout_user_id_bab0b76a" ON "reports_leftout" ("user_id");

CREATE INDEX "reports_leftout_report_id_c17d0f00" ON "reports_leftout" ("report_id");

CREATE INDEX "search_savedsearch_user_id_78794d3d" ON "search_savedsearch" ("user_id");

CREATE INDEX "search_saved_due" ON "search_savedsearch" ("alerts", "looked");

CREATE INDEX "search_outboxentry_done_at_d53ec9d7" ON "search_outboxentry" ("done_at");

CREATE INDEX "search_outbox_pending" ON "search_outboxentry" ("next_try", "id") WHERE (NOT "dead" AND "done_at" IS NULL);

CREATE INDEX "search_outbox_object" ON "search_outboxentry" ("kind", "object_id");

CREATE INDEX "search_outbox_given_up" ON "search_outboxentry" ("id") WHERE ("dead" AND "done_at" IS NULL);

CREATE INDEX "search_meaning_wanted" ON "search_semantic_meaning" ("id") WHERE "vector" IS NULL;

CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");

CREATE UNIQUE INDEX "socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq" ON "socialaccount_socialtoken" ("app_id", "account_id");

CREATE INDEX "socialaccount_socialtoken_account_id_951f210e" ON "socialaccount_socialtoken" ("account_id");

CREATE INDEX "socialaccount_socialtoken_app_id_636a42d7" ON "socialaccount_socialtoken" ("app_id");

CREATE UNIQUE INDEX "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid");

CREATE INDEX "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id");

CREATE UNIQUE INDEX "wagtail_localize_translation_source_id_target_locale_id_7e943cf8_uniq" ON "wagtail_localize_translation" ("source_id", "target_locale_id");

CREATE INDEX "wagtail_localize_translation_source_id_e326e1e3" ON "wagtail_localize_translation" ("source_id");

CREATE INDEX "wagtail_localize_translation_target_locale_id_8c524f73" ON "wagtail_localize_translation" ("target_locale_id");

CREATE UNIQUE INDEX "wagtail_localize_stringtranslation_locale_id_translation_of_id_context_id_d2d59359_uniq" ON "wagtail_localize_stringtranslation" ("locale_id", "translation_of_id", "context_id");

CREATE INDEX "wagtail_localize_stringtranslation_context_id_3cc13049" ON "wagtail_localize_stringtranslation" ("context_id");

CREATE INDEX "wagtail_localize_stringtranslation_locale_id_b9e3730d" ON "wagtail_localize_stringtranslation" ("locale_id");

CREATE INDEX "wagtail_localize_stringtranslation_translation_of_id_8eef01d0" ON "wagtail_localize_stringtranslation" ("translation_of_id");

CREATE INDEX "wagtail_localize_stringtranslation_last_translated_by_id_764c7a3f" ON "wagtail_localize_stringtranslation" ("last_translated_by_id");

CREATE INDEX "wagtail_localize_overridablesegment_context_id_eed8c388" ON "wagtail_localize_overridablesegment" ("context_id");

CREATE INDEX "wagtail_localize_overridablesegment_source_id_5720ac20" ON "wagtail_localize_overridablesegment" ("source_id");

CREATE INDEX "wagtail_localize_segmentoverride_context_id_f827efe0" ON "wagtail_localize_segmentoverride" ("context_id");

CREATE INDEX "wagtail_localize_segmentoverride_last_translated_by_id_a86448fc" ON "wagtail_localize_segmentoverride" ("last_translated_by_id");

CREATE INDEX "wagtail_localize_segmentoverride_locale_id_b1673d41" ON "wagtail_localize_segmentoverride" ("locale_id");

CREATE INDEX "wagtail_localize_localesynchronization_sync_from_id_1bc4c2eb" ON "wagtail_localize_localesynchronization" ("sync_from_id");

CREATE UNIQUE INDEX "wagtail_localize_translationsource_object_id_locale_id_fb6a8d8e_uniq" ON "wagtail_localize_translationsource" ("object_id", "locale_id");

CREATE INDEX "wagtail_localize_translationsource_locale_id_0ac264c0" ON "wagtail_localize_translationsource" ("locale_id");

CREATE INDEX "wagtail_localize_translationsource_object_id_6a078fd2" ON "wagtail_localize_translationsource" ("object_id");

CREATE INDEX "wagtail_localize_translationsource_specific_content_type_id_3095eb76" ON "wagtail_localize_translationsource" ("specific_content_type_id");

CREATE UNIQUE INDEX "wagtail_localize_translationcontext_object_id_path_id_c7f5d707_uniq" ON "wagtail_localize_translationcontext" ("object_id", "path_id");

CREATE INDEX "wagtail_localize_translationcontext_object_id_86263ce7" ON "wagtail_localize_translationcontext" ("object_id");

CREATE INDEX "wagtail_localize_translationlog_locale_id_37619cb4" ON "wagtail_localize_translationlog" ("locale_id");

CREATE INDEX "wagtail_localize_translationlog_source_id_7228923e" ON "wagtail_localize_translationlog" ("source_id");

CREATE INDEX "wagtail_localize_translationlog_revision_id_e3b62278" ON "wagtail_localize_translationlog" ("revision_id");

CREATE INDEX "wagtailadmin_editingsession_content_type_id_4df7730e" ON "wagtailadmin_editingsession" ("content_type_id");

CREATE INDEX "wagtailadmin_editingsession_user_id_6e1a9b70" ON "wagtailadmin_editingsession" ("user_id");

CREATE INDEX "wagtailadmi_content_717955_idx" ON "wagtailadmin_editingsession" ("content_type_id", "object_id");

CREATE INDEX "wagtailadmin_formstate_content_type_id_e32438b3" ON "wagtailadmin_formstate" ("content_type_id");

CREATE INDEX "wagtailadmin_formstate_user_id_b910adc2" ON "wagtailadmin_formstate" ("user_id");

CREATE INDEX "formstate_user_object" ON "wagtailadmin_formstate" ("user_id", "content_type_id", "object_id", "parent_object_id");

CREATE INDEX "wagtaildocs_document_uploaded_by_user_id_17258b41" ON "wagtaildocs_document" ("uploaded_by_user_id");

CREATE INDEX "wagtaildocs_document_collection_id_23881625" ON "wagtaildocs_document" ("collection_id");

CREATE INDEX "wagtailembeds_embed_cache_until_26c94bb0" ON "wagtailembeds_embed" ("cache_until");

CREATE INDEX "wagtailforms_formsubmission_page_id_e48e93e7" ON "wagtailforms_formsubmission" ("page_id");

CREATE UNIQUE INDEX "wagtailimages_rendition_image_id_filter_spec_focal_point_key_323c8fe0_uniq" ON "wagtailimages_rendition" ("image_id", "filter_spec", "focal_point_key");

CREATE INDEX "wagtailimages_rendition_filter_spec_1cba3201" ON "wagtailimages_rendition" ("filter_spec");

CREATE INDEX "wagtailimages_rendition_image_id_3e1fd774" ON "wagtailimages_rendition" ("image_id");

CREATE INDEX "wagtailimages_image_created_at_86fa6cd4" ON "wagtailimages_image" ("created_at");

CREATE INDEX "wagtailimages_image_uploaded_by_user_id_5d73dc75" ON "wagtailimages_image" ("uploaded_by_user_id");

CREATE INDEX "wagtailimages_image_collection_id_c2f8af7e" ON "wagtailimages_image" ("collection_id");

CREATE INDEX "wagtailimages_image_file_hash_fb5bbb23" ON "wagtailimages_image" ("file_hash");

CREATE UNIQUE INDEX "wagtailredirects_redirect_old_path_site_id_783622d7_uniq" ON "wagtailredirects_redirect" ("old_path", "site_id");

CREATE INDEX "wagtailredirects_redirect_old_path_bb35247b" ON "wagtailredirects_redirect" ("old_path");

CREATE INDEX "wagtailredirects_redirect_redirect_page_id_b5728a8f" ON "wagtailredirects_redirect" ("redirect_page_id");

CREATE INDEX "wagtailredirects_redirect_site_id_780a0e1e" ON "wagtailredirects_redirect" ("site_id");

CREATE UNIQUE INDEX "wagtailsearch_indexentry_content_type_id_object_id_bcd7ba73_uniq" ON "wagtailsearch_indexentry" ("content_type_id", "object_id");

CREATE INDEX "wagtailsearch_indexentry_content_type_id_62ed694f" ON "wagtailsearch_indexentry" ("content_type_id");

CREATE TRIGGER insert_wagtailsearch_indexentry_fts AFTER INSERT ON wagtailsearch_indexentry BEGIN INSERT INTO wagtailsearch_indexentry_fts(title, body, autocomplete, rowid) VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id); END;

CREATE TRIGGER update_wagtailsearch_indexentry_fts AFTER UPDATE ON wagtailsearch_indexentry BEGIN UPDATE wagtailsearch_indexentry_fts SET title=NEW.title, body=NEW.body, autocomplete=NEW.autocomplete WHERE rowid=NEW.id; END;

CREATE TRIGGER delete_wagtailsearch_indexentry_fts AFTER DELETE ON wagtailsearch_indexentry BEGIN DELETE FROM wagtailsearch_indexentry_fts WHERE rowid=OLD.id; END;

CREATE INDEX "workflow_logentry_by_id_61d486c5" ON "workflow_logentry" ("by_id");

CREATE INDEX "workflow_logentry_content_type_id_5c38719e" ON "workflow_logentry" ("content_type_id");

CREATE INDEX "workflow_log_subject" ON "workflow_logentry" ("content_type_id", "object_id", "at");

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES
(1,'contenttypes','0001_initial',this_moment()),
(2,'contenttypes','0002_remove_content_type_name',this_moment()),
(3,'auth','0001_initial',this_moment()),
(4,'auth','0002_alter_permission_name_max_length',this_moment()),
(5,'auth','0003_alter_user_email_max_length',this_moment()),
(6,'auth','0004_alter_user_username_opts',this_moment()),
(7,'auth','0005_alter_user_last_login_null',this_moment()),
(8,'auth','0006_require_contenttypes_0002',this_moment()),
(9,'auth','0007_alter_validators_add_error_messages',this_moment()),
(10,'auth','0008_alter_user_username_max_length',this_moment()),
(11,'auth','0009_alter_user_last_name_max_length',this_moment()),
(12,'auth','0010_alter_group_name_max_length',this_moment()),
(13,'auth','0011_update_proxy_permissions',this_moment()),
(14,'auth','0012_alter_user_first_name_max_length',this_moment()),
(15,'accounts','0001_initial',this_moment()),
(16,'account','0001_initial',this_moment()),
(17,'account','0002_email_max_length',this_moment()),
(18,'account','0003_alter_emailaddress_create_unique_verified_email',this_moment()),
(19,'account','0004_alter_emailaddress_drop_unique_email',this_moment()),
(20,'account','0005_emailaddress_idx_upper_email',this_moment()),
(21,'account','0006_emailaddress_lower',this_moment()),
(22,'account','0007_emailaddress_idx_email',this_moment()),
(23,'account','0008_emailaddress_unique_primary_email_fixup',this_moment()),
(24,'account','0009_emailaddress_unique_primary_email',this_moment()),
(25,'accounts','0002_roles',this_moment()),
(26,'accounts','0003_zone_not_chosen',this_moment()),
(27,'accounts','0004_safety',this_moment()),
(28,'wagtailcore','0001_initial',this_moment()),
(29,'wagtailcore','0002_initial_data',this_moment()),
(30,'wagtailcore','0003_add_uniqueness_constraint_on_group_page_permission',this_moment()),
(31,'wagtailcore','0004_page_locked',this_moment()),
(32,'wagtailcore','0005_add_page_lock_permission_to_moderators',this_moment()),
(33,'wagtailcore','0006_add_lock_page_permission',this_moment()),
(34,'wagtailcore','0007_page_latest_revision_created_at',this_moment()),
(35,'wagtailcore','0008_populate_latest_revision_created_at',this_moment()),
(36,'wagtailcore','0009_remove_auto_now_add_from_pagerevision_created_at',this_moment()),
(37,'wagtailcore','0010_change_page_owner_to_null_on_delete',this_moment()),
(38,'wagtailcore','0011_page_first_published_at',this_moment()),
(39,'wagtailcore','0012_extend_page_slug_field',this_moment()),
(40,'wagtailcore','0013_update_golive_expire_help_text',this_moment()),
(41,'wagtailcore','0014_add_verbose_name',this_moment()),
(42,'wagtailcore','0015_add_more_verbose_names',this_moment()),
(43,'wagtailcore','0016_change_page_url_path_to_text_field',this_moment()),
(44,'wagtailcore','0017_change_edit_page_permission_description',this_moment()),
(45,'wagtailcore','0018_pagerevision_submitted_for_moderation_index',this_moment()),
(46,'wagtailcore','0019_verbose_names_cleanup',this_moment()),
(47,'wagtailcore','0020_add_index_on_page_first_published_at',this_moment()),
(48,'wagtailcore','0021_capitalizeverbose',this_moment()),
(49,'wagtailcore','0022_add_site_name',this_moment()),
(50,'wagtailcore','0023_alter_page_revision_on_delete_behaviour',this_moment()),
(51,'wagtailcore','0024_collection',this_moment()),
(52,'wagtailcore','0025_collection_initial_data',this_moment()),
(53,'wagtailcore','0026_group_collection_permission',this_moment()),
(54,'wagtailcore','0027_fix_collection_path_collation',this_moment()),
(55,'wagtailcore','0024_alter_page_content_type_on_delete_behaviour',this_moment()),
(56,'wagtailcore','0028_merge',this_moment()),
(57,'wagtailcore','0029_unicode_slugfield_dj19',this_moment()),
(58,'wagtailcore','0030_index_on_pagerevision_created_at',this_moment()),
(59,'wagtailcore','0031_add_page_view_restriction_types',this_moment()),
(60,'wagtailcore','0032_add_bulk_delete_page_permission',this_moment()),
(61,'wagtailcore','0033_remove_golive_expiry_help_text',this_moment()),
(62,'wagtailcore','0034_page_live_revision',this_moment()),
(63,'wagtailcore','0035_page_last_published_at',this_moment()),
(64,'wagtailcore','0036_populate_page_last_published_at',this_moment()),
(65,'wagtailcore','0037_set_page_owner_editable',this_moment()),
(66,'wagtailcore','0038_make_first_published_at_editable',this_moment()),
(67,'wagtailcore','0039_collectionviewrestriction',this_moment()),
(68,'wagtailcore','0040_page_draft_title',this_moment()),
(69,'wagtailcore','0041_group_collection_permissions_verbose_name_plural',this_moment()),
(70,'wagtailcore','0042_index_on_pagerevision_approved_go_live_at',this_moment()),
(71,'wagtailcore','0043_lock_fields',this_moment()),
(72,'wagtailcore','0044_add_unlock_grouppagepermission',this_moment()),
(73,'wagtailcore','0045_assign_unlock_grouppagepermission',this_moment()),
(74,'wagtailcore','0046_site_name_remove_null',this_moment()),
(75,'wagtailcore','0047_add_workflow_models',this_moment()),
(76,'wagtailcore','0048_add_default_workflows',this_moment()),
(77,'wagtailcore','0049_taskstate_finished_by',this_moment()),
(78,'wagtailcore','0050_workflow_rejected_to_needs_changes',this_moment()),
(79,'wagtailcore','0051_taskstate_comment',this_moment()),
(80,'wagtailcore','0052_pagelogentry',this_moment()),
(81,'wagtailcore','0053_locale_model',this_moment()),
(82,'wagtailcore','0054_initial_locale',this_moment()),
(83,'wagtailcore','0055_page_locale_fields',this_moment()),
(84,'wagtailcore','0056_page_locale_fields_populate',this_moment()),
(85,'wagtailcore','0057_page_locale_fields_notnull',this_moment()),
(86,'wagtailcore','0058_page_alias_of',this_moment()),
(87,'wagtailcore','0059_apply_collection_ordering',this_moment()),
(88,'wagtailcore','0060_fix_workflow_unique_constraint',this_moment()),
(89,'wagtailcore','0061_change_promote_tab_helpt_text_and_verbose_names',this_moment()),
(90,'wagtailcore','0062_comment_models_and_pagesubscription',this_moment()),
(91,'wagtailcore','0063_modellogentry',this_moment()),
(92,'wagtailcore','0064_log_timestamp_indexes',this_moment()),
(93,'wagtailcore','0065_log_entry_uuid',this_moment()),
(94,'wagtailcore','0066_collection_management_permissions',this_moment()),
(95,'wagtailcore','0067_alter_pagerevision_content_json',this_moment()),
(96,'wagtailcore','0068_log_entry_empty_object',this_moment()),
(97,'wagtailcore','0069_log_entry_jsonfield',this_moment()),
(98,'wagtail_localize','0001_initial',this_moment()),
(99,'wagtailcore','0070_rename_pagerevision_revision',this_moment()),
(100,'wagtailcore','0071_populate_revision_content_type',this_moment()),
(101,'wagtailcore','0072_alter_revision_content_type_notnull',this_moment()),
(102,'wagtailcore','0073_page_latest_revision',this_moment()),
(103,'wagtailcore','0074_revision_object_str',this_moment()),
(104,'wagtailcore','0075_populate_latest_revision_and_revision_object_str',this_moment()),
(105,'wagtailcore','0076_modellogentry_revision',this_moment()),
(106,'wagtailcore','0077_alter_revision_user',this_moment()),
(107,'wagtailcore','0078_referenceindex',this_moment()),
(108,'wagtailcore','0079_rename_taskstate_page_revision',this_moment()),
(109,'wagtailcore','0080_generic_workflowstate',this_moment()),
(110,'wagtailcore','0081_populate_workflowstate_content_type',this_moment()),
(111,'wagtailcore','0082_alter_workflowstate_content_type_notnull',this_moment()),
(112,'wagtailcore','0083_workflowcontenttype',this_moment()),
(113,'wagtailcore','0084_add_default_page_permissions',this_moment()),
(114,'wagtailcore','0085_add_grouppagepermission_permission',this_moment()),
(115,'wagtailcore','0086_populate_grouppagepermission_permission',this_moment()),
(116,'wagtailcore','0087_alter_grouppagepermission_unique_together_and_more',this_moment()),
(117,'wagtailcore','0088_fix_log_entry_json_timestamps',this_moment()),
(118,'wagtailcore','0089_log_entry_data_json_null_to_object',this_moment()),
(119,'wagtailcore','0090_remove_grouppagepermission_permission_type',this_moment()),
(120,'wagtailcore','0091_remove_revision_submitted_for_moderation',this_moment()),
(121,'wagtailcore','0092_alter_collectionviewrestriction_password_and_more',this_moment()),
(122,'wagtailcore','0093_uploadedfile',this_moment()),
(123,'wagtailcore','0094_alter_page_locale',this_moment()),
(124,'wagtailcore','0095_groupsitepermission',this_moment()),
(125,'wagtailcore','0096_referenceindex_referenceindex_source_object_and_more',this_moment()),
(126,'wagtailcore','0097_baselogentry_uuid_action_timestamp_indexes',this_moment()),
(127,'wagtailcore','0098_apitoken',this_moment()),
(128,'taggit','0001_initial',this_moment()),
(129,'taggit','0002_auto_20150616_2121',this_moment()),
(130,'taggit','0003_taggeditem_add_unique_index',this_moment()),
(131,'taggit','0004_alter_taggeditem_content_type_alter_taggeditem_tag',this_moment()),
(132,'taggit','0005_auto_20220424_2025',this_moment()),
(133,'taggit','0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx',this_moment()),
(134,'home','0001_initial',this_moment()),
(135,'directory','0001_initial',this_moment()),
(136,'directory','0002_initial',this_moment()),
(137,'directory','0003_contact_and_invitations',this_moment()),
(138,'directory','0004_imported_values',this_moment()),
(139,'directory','0005_what_others_keep',this_moment()),
(140,'directory','0006_fill_what_others_keep',this_moment()),
(141,'directory','0007_addresses_of_capacities',this_moment()),
(142,'directory','0008_one_capacity_an_address',this_moment()),
(143,'directory','0009_since_when_listings_are_so',this_moment()),
(144,'directory','0010_held',this_moment()),
(145,'django_q','0001_initial',this_moment()),
(146,'django_q','0002_auto_20150630_1624',this_moment()),
(147,'django_q','0003_auto_20150708_1326',this_moment()),
(148,'django_q','0004_auto_20150710_1043',this_moment()),
(149,'django_q','0005_auto_20150718_1506',this_moment()),
(150,'django_q','0006_auto_20150805_1817',this_moment()),
(151,'django_q','0007_ormq',this_moment()),
(152,'django_q','0008_auto_20160224_1026',this_moment()),
(153,'django_q','0009_auto_20171009_0915',this_moment()),
(154,'django_q','0010_auto_20200610_0856',this_moment()),
(155,'django_q','0011_auto_20200628_1055',this_moment()),
(156,'django_q','0012_auto_20200702_1608',this_moment()),
(157,'django_q','0013_task_attempt_count',this_moment()),
(158,'django_q','0014_schedule_cluster',this_moment()),
(159,'django_q','0015_alter_schedule_schedule_type',this_moment()),
(160,'django_q','0016_schedule_intended_date_kwarg',this_moment()),
(161,'django_q','0017_task_cluster_alter',this_moment()),
(162,'django_q','0018_task_success_index',this_moment()),
(163,'django_q','0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more',this_moment()),
(164,'wagtailusers','0001_initial',this_moment()),
(165,'wagtailadmin','0001_create_admin_access_permissions',this_moment()),
(166,'mentoring','0001_initial',this_moment()),
(167,'learning','0001_initial',this_moment()),
(168,'home','0002_story_note',this_moment()),
(169,'home','0003_roles',this_moment()),
(170,'home','0004_document_file',this_moment()),
(171,'home','0005_pictures_prepared',this_moment()),
(172,'home','0006_incidents',this_moment()),
(173,'jobs','0001_initial',this_moment()),
(174,'jobs','0002_what_was_asked',this_moment()),
(175,'learning','0002_import_records',this_moment()),
(176,'learning','0003_roles',this_moment()),
(177,'learning','0004_caption_forms',this_moment()),
(178,'learning','0005_what_others_keep',this_moment()),
(179,'learning','0006_calls_have_a_length',this_moment()),
(180,'mentoring','0002_roles',this_moment()),
(181,'mentoring','0003_zone_not_chosen',this_moment()),
(182,'mentoring','0004_keep_apart',this_moment()),
(183,'mentoring','0005_coordinator_notes',this_moment()),
(184,'mentoring','0006_what_others_keep',this_moment()),
(185,'mentoring','0007_signs_of_life',this_moment()),
(186,'mentoring','0008_since_when_offers_are_so',this_moment()),
(187,'mfa','0001_initial',this_moment()),
(188,'mfa','0002_authenticator_timestamps',this_moment()),
(189,'mfa','0003_authenticator_type_uniq',this_moment()),
(190,'notifications','0001_initial',this_moment()),
(191,'notifications','0002_mail_claim',this_moment()),
(192,'notifications','0003_by',this_moment()),
(193,'notifications','0004_mail',this_moment()),
(194,'reports','0001_initial',this_moment()),
(195,'search','0001_initial',this_moment()),
(196,'search','0002_saved_searches',this_moment()),
(197,'search','0003_outbox_begun',this_moment()),
(198,'search','0004_outbox_given_up',this_moment()),
(199,'search','0005_outbox_sources',this_moment()),
(200,'search','0006_outbox_signalled',this_moment()),
(201,'search_semantic','0001_initial',this_moment()),
(202,'search_semantic','0002_longer_object_ids',this_moment()),
(203,'sessions','0001_initial',this_moment()),
(204,'socialaccount','0001_initial',this_moment()),
(205,'socialaccount','0002_token_max_lengths',this_moment()),
(206,'socialaccount','0003_extra_data_default_dict',this_moment()),
(207,'socialaccount','0004_app_provider_id_settings',this_moment()),
(208,'socialaccount','0005_socialtoken_nullable_app',this_moment()),
(209,'socialaccount','0006_alter_socialaccount_extra_data',this_moment()),
(210,'wagtail_localize','0002_translation',this_moment()),
(211,'wagtail_localize','0003_delete_translation_sources',this_moment()),
(212,'wagtail_localize','0004_one_source_per_objectlocale',this_moment()),
(213,'wagtail_localize','0005_remove_translationsource_object',this_moment()),
(214,'wagtail_localize','0006_create_submit_translation_permission',this_moment()),
(215,'wagtail_localize','0007_stringtranslation_type_and_tool_name',this_moment()),
(216,'wagtail_localize','0008_stringtranslation_last_translated_by',this_moment()),
(217,'wagtail_localize','0009_stringtranslation_errors',this_moment()),
(218,'wagtail_localize','0010_overridablesegment',this_moment()),
(219,'wagtail_localize','0011_segmentoverride',this_moment()),
(220,'wagtail_localize','0012_localesynchronization',this_moment()),
(221,'wagtail_localize','0013_translationsource_schema_version',this_moment()),
(222,'wagtail_localize','0014_remove_translation_source_last_updated_at',this_moment()),
(223,'wagtail_localize','0015_translationcontext_field_path',this_moment()),
(224,'wagtail_localize','0016_rename_page_revision_translationlog_revision',this_moment()),
(225,'wagtailadmin','0002_admin',this_moment()),
(226,'wagtailadmin','0003_admin_managed',this_moment()),
(227,'wagtailadmin','0004_editingsession',this_moment()),
(228,'wagtailadmin','0005_editingsession_is_editing',this_moment()),
(229,'wagtailadmin','0006_formstate',this_moment()),
(230,'wagtaildocs','0001_initial',this_moment()),
(231,'wagtaildocs','0002_initial_data',this_moment()),
(232,'wagtaildocs','0003_add_verbose_names',this_moment()),
(233,'wagtaildocs','0004_capitalizeverbose',this_moment()),
(234,'wagtaildocs','0005_document_collection',this_moment()),
(235,'wagtaildocs','0006_copy_document_permissions_to_collections',this_moment()),
(236,'wagtaildocs','0005_alter_uploaded_by_user_on_delete_action',this_moment()),
(237,'wagtaildocs','0007_merge',this_moment()),
(238,'wagtaildocs','0008_document_file_size',this_moment()),
(239,'wagtaildocs','0009_document_verbose_name_plural',this_moment()),
(240,'wagtaildocs','0010_document_file_hash',this_moment()),
(241,'wagtaildocs','0011_add_choose_permissions',this_moment()),
(242,'wagtaildocs','0012_uploadeddocument',this_moment()),
(243,'wagtaildocs','0013_delete_uploadeddocument',this_moment()),
(244,'wagtaildocs','0014_alter_document_file_size',this_moment()),
(245,'wagtailembeds','0001_initial',this_moment()),
(246,'wagtailembeds','0002_add_verbose_names',this_moment()),
(247,'wagtailembeds','0003_capitalizeverbose',this_moment()),
(248,'wagtailembeds','0004_embed_verbose_name_plural',this_moment()),
(249,'wagtailembeds','0005_specify_thumbnail_url_max_length',this_moment()),
(250,'wagtailembeds','0006_add_embed_hash',this_moment()),
(251,'wagtailembeds','0007_populate_hash',this_moment()),
(252,'wagtailembeds','0008_allow_long_urls',this_moment()),
(253,'wagtailembeds','0009_embed_cache_until',this_moment()),
(254,'wagtailforms','0001_initial',this_moment()),
(255,'wagtailforms','0002_add_verbose_names',this_moment()),
(256,'wagtailforms','0003_capitalizeverbose',this_moment()),
(257,'wagtailforms','0004_add_verbose_name_plural',this_moment()),
(258,'wagtailforms','0005_alter_formsubmission_form_data',this_moment()),
(259,'wagtailimages','0001_initial',this_moment()),
(260,'wagtailimages','0002_initial_data',this_moment()),
(261,'wagtailimages','0003_fix_focal_point_fields',this_moment()),
(262,'wagtailimages','0004_make_focal_point_key_not_nullable',this_moment()),
(263,'wagtailimages','0005_make_filter_spec_unique',this_moment()),
(264,'wagtailimages','0006_add_verbose_names',this_moment()),
(265,'wagtailimages','0007_image_file_size',this_moment()),
(266,'wagtailimages','0008_image_created_at_index',this_moment()),
(267,'wagtailimages','0009_capitalizeverbose',this_moment()),
(268,'wagtailimages','0010_change_on_delete_behaviour',this_moment()),
(269,'wagtailimages','0011_image_collection',this_moment()),
(270,'wagtailimages','0012_copy_image_permissions_to_collections',this_moment()),
(271,'wagtailimages','0013_make_rendition_upload_callable',this_moment()),
(272,'wagtailimages','0014_add_filter_spec_field',this_moment()),
(273,'wagtailimages','0015_fill_filter_spec_field',this_moment()),
(274,'wagtailimages','0016_deprecate_rendition_filter_relation',this_moment()),
(275,'wagtailimages','0017_reduce_focal_point_key_max_length',this_moment()),
(276,'wagtailimages','0018_remove_rendition_filter',this_moment()),
(277,'wagtailimages','0019_delete_filter',this_moment()),
(278,'wagtailimages','0020_add-verbose-name',this_moment()),
(279,'wagtailimages','0021_image_file_hash',this_moment()),
(280,'wagtailimages','0022_uploadedimage',this_moment()),
(281,'wagtailimages','0023_add_choose_permissions',this_moment()),
(282,'wagtailimages','0024_index_image_file_hash',this_moment()),
(283,'wagtailimages','0025_alter_image_file_alter_rendition_file',this_moment()),
(284,'wagtailimages','0026_delete_uploadedimage',this_moment()),
(285,'wagtailimages','0027_image_description',this_moment()),
(286,'wagtailredirects','0001_initial',this_moment()),
(287,'wagtailredirects','0002_add_verbose_names',this_moment()),
(288,'wagtailredirects','0003_make_site_field_editable',this_moment()),
(289,'wagtailredirects','0004_set_unique_on_path_and_site',this_moment()),
(290,'wagtailredirects','0005_capitalizeverbose',this_moment()),
(291,'wagtailredirects','0006_redirect_increase_max_length',this_moment()),
(292,'wagtailredirects','0007_add_autocreate_fields',this_moment()),
(293,'wagtailredirects','0008_add_verbose_name_plural',this_moment()),
(294,'wagtailsearch','0001_initial',this_moment()),
(295,'wagtailsearch','0002_add_verbose_names',this_moment()),
(296,'wagtailsearch','0003_remove_editors_pick',this_moment()),
(297,'wagtailsearch','0004_querydailyhits_verbose_name_plural',this_moment()),
(298,'wagtailsearch','0005_create_indexentry',this_moment()),
(299,'wagtailsearch','0006_customise_indexentry',this_moment()),
(300,'wagtailsearch','0007_delete_editorspick',this_moment()),
(301,'wagtailsearch','0008_remove_query_and_querydailyhits_models',this_moment()),
(302,'wagtailsearch','0009_remove_ngram_autocomplete',this_moment()),
(303,'wagtailsearch','0010_add_text_fields',this_moment()),
(304,'wagtailusers','0002_add_verbose_name_on_userprofile',this_moment()),
(305,'wagtailusers','0003_add_verbose_names',this_moment()),
(306,'wagtailusers','0004_capitalizeverbose',this_moment()),
(307,'wagtailusers','0005_make_related_name_wagtail_specific',this_moment()),
(308,'wagtailusers','0006_userprofile_prefered_language',this_moment()),
(309,'wagtailusers','0007_userprofile_current_time_zone',this_moment()),
(310,'wagtailusers','0008_userprofile_avatar',this_moment()),
(311,'wagtailusers','0009_userprofile_verbose_name_plural',this_moment()),
(312,'wagtailusers','0010_userprofile_updated_comments_notifications',this_moment()),
(313,'wagtailusers','0011_userprofile_dismissibles',this_moment()),
(314,'wagtailusers','0012_userprofile_theme',this_moment()),
(315,'wagtailusers','0013_userprofile_density',this_moment()),
(316,'wagtailusers','0014_userprofile_contrast',this_moment()),
(317,'wagtailusers','0015_userprofile_keyboard_shortcuts',this_moment()),
(318,'workflow','0001_initial',this_moment()),
(319,'wagtailimages','0001_squashed_0021',this_moment()),
(320,'wagtailcore','0001_squashed_0016_change_page_url_path_to_text_field',this_moment());

INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES
(1,'wagtailcore','page'),
(2,'wagtailcore','groupapprovaltask'),
(3,'wagtailcore','locale'),
(4,'wagtailcore','site'),
(5,'wagtailcore','groupsitepermission'),
(6,'wagtailcore','apitoken'),
(7,'wagtailcore','modellogentry'),
(8,'wagtailcore','revision'),
(9,'wagtailcore','collectionviewrestriction'),
(10,'wagtailcore','collection'),
(11,'wagtailcore','groupcollectionpermission'),
(12,'wagtailcore','uploadedfile'),
(13,'wagtailcore','workflowcontenttype'),
(14,'wagtailcore','workflowstate'),
(15,'wagtailcore','workflow'),
(16,'wagtailcore','workflowtask'),
(17,'wagtailcore','task'),
(18,'wagtailcore','taskstate'),
(19,'wagtailcore','grouppagepermission'),
(20,'wagtailcore','pageviewrestriction'),
(21,'wagtailcore','workflowpage'),
(22,'wagtailcore','pagelogentry'),
(23,'wagtailcore','comment'),
(24,'wagtailcore','commentreply'),
(25,'wagtailcore','pagesubscription'),
(26,'wagtailcore','referenceindex'),
(27,'wagtailadmin','admin'),
(28,'account','emailaddress'),
(29,'account','emailconfirmation'),
(30,'accounts','user'),
(31,'accounts','counter'),
(32,'accounts','browsersession'),
(33,'auth','permission'),
(34,'auth','group'),
(35,'contenttypes','contenttype'),
(36,'directory','person'),
(37,'directory','personcapacity'),
(38,'directory','personlanguage'),
(39,'directory','capacity'),
(40,'directory','capacitytext'),
(41,'directory','listing'),
(42,'directory','exchange'),
(43,'directory','listingkeyword'),
(44,'directory','organisation'),
(45,'directory','membership'),
(46,'directory','organisationtext'),
(47,'directory','invitation'),
(48,'django_q','schedule'),
(49,'django_q','task'),
(50,'django_q','failure'),
(51,'django_q','success'),
(52,'django_q','ormq'),
(53,'home','standardpage'),
(54,'home','crediteddocument'),
(55,'home','creditedimage'),
(56,'home','homepage'),
(57,'home','creditedrendition'),
(58,'learning','learningindexpage'),
(59,'learning','library'),
(60,'learning','coursekeyword'),
(61,'learning','coursepage'),
(62,'learning','coursefacilitator'),
(63,'learning','cohort'),
(64,'learning','librarycategory'),
(65,'learning','modulekeyword'),
(66,'learning','trainingmodulepage'),
(67,'learning','nextmodule'),
(68,'learning','libraryentry'),
(69,'learning','webinarkeyword'),
(70,'learning','webinarpage'),
(71,'learning','speaker'),
(72,'learning','caption'),
(73,'learning','attempt'),
(74,'learning','completion'),
(75,'learning','enrolment'),
(76,'learning','progress'),
(77,'learning','study'),
(78,'learning','session'),
(79,'mentoring','mentoringindexpage'),
(80,'mentoring','mentoringprogrammepage'),
(81,'mentoring','mentoringrequest'),
(82,'mentoring','mentoroffer'),
(83,'mentoring','pairing'),
(84,'mentoring','hoursentry'),
(85,'mentoring','programmecoordinator'),
(86,'mentoring','proposal'),
(87,'mentoring','thanks'),
(88,'taggit','tag'),
(89,'taggit','taggeditem'),
(90,'wagtail_localize','string'),
(91,'wagtail_localize','template'),
(92,'wagtail_localize','translatableobject'),
(93,'wagtail_localize','translationsource'),
(94,'wagtail_localize','translationlog'),
(95,'wagtail_localize','translationcontext'),
(96,'wagtail_localize','templatesegment'),
(97,'wagtail_localize','stringsegment'),
(98,'wagtail_localize','relatedobjectsegment'),
(99,'wagtail_localize','stringtranslation'),
(100,'wagtailusers','userprofile'),
(101,'wagtail_localize','translation'),
(102,'wagtaildocs','document'),
(103,'wagtailimages','image'),
(104,'notifications','notification'),
(105,'notifications','preference'),
(106,'notifications','mailserver'),
(107,'notifications','recipient'),
(108,'notifications','mail'),
(109,'workflow','logentry'),
(110,'jobs','attempt'),
(111,'jobs','heartbeat'),
(112,'reports','report'),
(113,'reports','message'),
(114,'reports','leftout'),
(115,'search','outboxentry'),
(116,'search','savedsearch'),
(117,'search','knownanswers'),
(118,'search_semantic','meaning'),
(119,'learning','importrecord'),
(120,'mentoring','coordinatornote'),
(121,'home','incident'),
(122,'wagtail_localize','overridablesegment'),
(123,'wagtail_localize','segmentoverride'),
(124,'wagtail_localize','localesynchronization'),
(125,'wagtailforms','formsubmission'),
(126,'wagtailredirects','redirect'),
(127,'wagtailembeds','embed'),
(128,'wagtailimages','rendition'),
(129,'wagtailsearch','indexentry'),
(130,'wagtailsearch','sqliteftsindexentry'),
(131,'wagtailadmin','editingsession'),
(132,'wagtailadmin','formstate'),
(133,'mfa','authenticator'),
(134,'socialaccount','socialaccount'),
(135,'socialaccount','socialapp'),
(136,'socialaccount','socialtoken'),
(137,'sessions','session');

INSERT INTO "auth_group_permissions" ("id", "group_id", "permission_id") VALUES
(1,2,109),
(2,5,109),
(3,2,157),
(4,3,109),
(5,4,109),
(6,4,174),
(7,4,175),
(8,4,176),
(9,4,177),
(10,4,182),
(11,4,183),
(12,4,184),
(13,4,185),
(14,4,178),
(15,4,179),
(16,4,180),
(17,4,181),
(18,4,154),
(19,4,155),
(20,4,156),
(21,4,157),
(22,4,158),
(23,4,159),
(24,4,160),
(25,4,161),
(26,5,157),
(27,5,165),
(28,5,163),
(29,5,145),
(30,5,177),
(31,6,1),
(32,6,2),
(33,6,3),
(34,6,4),
(35,6,5),
(36,6,6),
(37,6,7),
(38,6,8),
(39,6,9),
(40,6,10),
(41,6,11),
(42,6,12),
(43,6,13),
(44,6,14),
(45,6,15),
(46,6,16),
(47,6,17),
(48,6,18),
(49,6,19),
(50,6,20),
(51,6,21),
(52,6,22),
(53,6,23),
(54,6,24),
(55,6,25),
(56,6,26),
(57,6,27),
(58,6,28),
(59,6,29),
(60,6,30),
(61,6,31),
(62,6,32),
(63,6,33),
(64,6,34),
(65,6,35),
(66,6,36),
(67,6,37),
(68,6,38),
(69,6,39),
(70,6,40),
(71,6,41),
(72,6,42),
(73,6,43),
(74,6,44),
(75,6,45),
(76,6,46),
(77,6,47),
(78,6,48),
(79,6,49),
(80,6,50),
(81,6,51),
(82,6,52),
(83,6,53),
(84,6,54),
(85,6,55),
(86,6,56),
(87,6,57),
(88,6,58),
(89,6,59),
(90,6,60),
(91,6,61),
(92,6,62),
(93,6,63),
(94,6,64),
(95,6,65),
(96,6,66),
(97,6,67),
(98,6,68),
(99,6,69),
(100,6,70),
(101,6,71),
(102,6,72),
(103,6,73),
(104,6,74),
(105,6,75),
(106,6,76),
(107,6,77),
(108,6,78),
(109,6,79),
(110,6,80),
(111,6,81),
(112,6,82),
(113,6,83),
(114,6,84),
(115,6,85),
(116,6,86),
(117,6,87),
(118,6,88),
(119,6,89),
(120,6,90),
(121,6,91),
(122,6,92),
(123,6,93),
(124,6,94),
(125,6,95),
(126,6,96),
(127,6,97),
(128,6,98),
(129,6,99),
(130,6,100),
(131,6,101),
(132,6,102),
(133,6,103),
(134,6,104),
(135,6,105),
(136,6,106),
(137,6,107),
(138,6,108),
(139,6,109),
(140,6,118),
(141,6,119),
(142,6,120),
(143,6,121),
(144,6,122),
(145,6,123),
(146,6,124),
(147,6,125),
(148,6,126),
(149,6,127),
(150,6,128),
(151,6,129),
(152,6,142),
(153,6,143),
(154,6,144),
(155,6,145),
(156,6,146),
(157,6,147),
(158,6,148),
(159,6,149),
(160,6,150),
(161,6,151),
(162,6,152),
(163,6,153),
(164,6,154),
(165,6,155),
(166,6,156),
(167,6,157),
(168,6,158),
(169,6,159),
(170,6,160),
(171,6,161),
(172,6,162),
(173,6,163),
(174,6,164),
(175,6,165),
(176,6,166),
(177,6,167),
(178,6,168),
(179,6,169),
(180,6,170),
(181,6,171),
(182,6,172),
(183,6,173),
(184,6,174),
(185,6,175),
(186,6,176),
(187,6,177),
(188,6,178),
(189,6,179),
(190,6,180),
(191,6,181),
(192,6,182),
(193,6,183),
(194,6,184),
(195,6,185),
(196,6,186),
(197,6,187),
(198,6,188),
(199,6,189),
(200,6,210),
(201,6,211),
(202,6,212),
(203,6,213),
(204,6,214),
(205,6,215),
(206,6,216),
(207,6,217),
(208,6,218),
(209,6,219),
(210,6,220),
(211,6,221),
(212,6,222),
(213,6,223),
(214,6,224),
(215,6,225),
(216,6,226),
(217,6,227),
(218,6,228),
(219,6,229),
(220,6,230),
(221,6,231),
(222,6,232),
(223,6,233),
(224,6,234),
(225,6,235),
(226,6,236),
(227,6,237),
(228,6,238),
(229,6,239),
(230,6,240),
(231,6,241),
(232,6,242),
(233,6,243),
(234,6,244),
(235,6,245),
(236,6,246),
(237,6,247),
(238,6,248),
(239,6,249),
(240,6,250),
(241,6,251),
(242,6,252),
(243,6,253),
(244,6,254),
(245,6,255),
(246,6,256),
(247,6,257),
(248,6,258),
(249,6,259),
(250,6,260),
(251,6,261),
(252,6,262),
(253,6,263),
(254,6,264),
(255,6,265),
(256,6,266),
(257,6,267),
(258,6,268),
(259,6,269),
(260,6,270),
(261,6,271),
(262,6,272),
(263,6,273),
(264,6,274),
(265,6,275),
(266,6,276),
(267,6,277),
(268,6,278),
(269,6,279),
(270,6,280),
(271,6,281),
(272,6,282),
(273,6,283),
(274,6,284),
(275,6,285),
(276,6,286),
(277,6,287),
(278,6,288),
(279,6,289),
(280,6,290),
(281,6,291),
(282,6,292),
(283,6,293),
(284,6,294),
(285,6,295),
(286,6,296),
(287,6,297),
(288,6,298),
(289,6,299),
(290,6,300),
(291,6,301),
(292,6,302),
(293,6,303),
(294,6,304),
(295,6,305),
(296,6,306),
(297,6,307),
(298,6,308),
(299,6,309),
(300,6,310),
(301,6,311),
(302,6,312),
(303,6,313),
(304,6,314),
(305,6,315),
(306,6,316),
(307,6,317),
(308,6,318),
(309,6,319),
(310,6,320),
(311,6,321),
(312,6,322),
(313,6,323),
(314,6,324),
(315,6,325),
(316,6,326),
(317,6,327),
(318,6,328),
(319,6,329),
(320,6,330),
(321,6,331),
(322,6,332),
(323,6,333),
(324,6,334),
(325,6,335),
(326,6,336),
(327,6,337),
(328,6,338),
(329,6,339),
(330,6,340),
(331,6,341),
(332,6,342),
(333,6,343),
(334,6,344),
(335,6,345),
(336,6,346),
(337,6,347),
(338,6,348),
(339,6,349),
(340,6,350),
(341,6,351),
(342,6,352),
(343,6,353),
(344,6,354),
(345,6,355),
(346,6,356),
(347,6,357),
(348,6,358),
(349,6,359),
(350,6,360),
(351,6,361),
(352,6,362),
(353,6,363),
(354,6,364),
(355,6,365),
(356,6,366),
(357,6,367),
(358,6,368),
(359,6,369),
(360,6,370),
(361,6,371),
(362,6,372),
(363,6,373),
(364,6,374),
(365,6,375),
(366,6,376),
(367,6,377),
(368,6,378),
(369,6,379),
(370,6,380),
(371,6,381),
(372,6,382),
(373,6,383),
(374,6,384),
(375,6,385),
(376,6,386),
(377,6,387),
(378,6,388),
(379,6,389),
(380,6,390),
(381,6,391),
(382,6,392),
(383,6,393),
(384,6,394),
(385,6,395),
(386,6,396),
(387,6,397),
(388,6,398),
(389,6,399),
(390,4,252),
(391,4,253),
(392,4,254),
(393,4,255),
(394,4,312),
(395,4,313),
(396,4,314),
(397,4,315),
(398,4,301),
(399,4,303),
(400,2,236),
(401,2,237),
(402,2,238),
(403,2,239),
(404,2,256),
(405,2,257),
(406,2,258),
(407,2,259),
(408,2,272),
(409,2,273),
(410,2,274),
(411,2,275),
(412,2,404),
(413,5,404),
(414,2,405),
(415,2,406),
(416,2,407),
(417,5,405),
(418,5,406),
(419,5,407),
(420,2,408),
(421,5,408),
(422,3,408),
(423,4,408),
(424,6,408),
(425,2,409),
(426,2,410),
(427,2,411),
(428,5,409),
(429,5,410),
(430,5,411),
(431,2,412),
(432,5,412),
(433,3,412),
(434,4,412),
(435,6,412),
(436,2,312),
(437,2,313),
(438,2,315),
(439,2,252),
(440,2,253),
(441,2,255),
(442,3,404),
(443,6,512),
(444,6,513),
(445,6,514),
(446,6,515),
(447,6,524),
(448,6,525),
(449,6,526),
(450,6,527),
(451,6,528),
(452,6,529),
(453,6,530),
(454,6,531),
(455,6,134),
(456,6,135),
(457,6,136),
(458,6,137),
(459,6,404),
(460,6,405),
(461,6,406),
(462,6,407),
(463,6,409),
(464,6,410),
(465,6,411),
(466,6,473),
(467,6,474),
(468,6,475),
(469,6,476),
(470,6,477),
(471,6,478),
(472,6,479),
(473,6,480),
(474,6,481),
(475,6,482),
(476,6,483),
(477,6,484),
(478,6,485),
(479,6,486),
(480,6,487),
(481,6,488),
(482,6,489),
(483,6,490),
(484,6,491),
(485,6,492),
(486,6,493),
(487,6,494),
(488,6,495),
(489,6,496),
(490,6,497),
(491,6,502),
(492,6,503),
(493,6,504),
(494,6,505),
(495,6,510),
(496,6,511);

INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES
(1,3,'add_locale','Can add locale'),
(2,3,'change_locale','Can change locale'),
(3,3,'delete_locale','Can delete locale'),
(4,3,'view_locale','Can view locale'),
(5,4,'add_site','Can add site'),
(6,4,'change_site','Can change site'),
(7,4,'delete_site','Can delete site'),
(8,4,'view_site','Can view site'),
(9,5,'add_groupsitepermission','Can add group site permission'),
(10,5,'change_groupsitepermission','Can change group site permission'),
(11,5,'delete_groupsitepermission','Can delete group site permission'),
(12,5,'view_groupsitepermission','Can view group site permission'),
(13,6,'add_apitoken','Can add API token'),
(14,6,'change_apitoken','Can change API token'),
(15,6,'delete_apitoken','Can delete API token'),
(16,6,'view_apitoken','Can view API token'),
(17,7,'add_modellogentry','Can add model log entry'),
(18,7,'change_modellogentry','Can change model log entry'),
(19,7,'delete_modellogentry','Can delete model log entry'),
(20,7,'view_modellogentry','Can view model log entry'),
(21,8,'add_revision','Can add revision'),
(22,8,'change_revision','Can change revision'),
(23,8,'delete_revision','Can delete revision'),
(24,8,'view_revision','Can view revision'),
(25,9,'add_collectionviewrestriction','Can add collection view restriction'),
(26,9,'change_collectionviewrestriction','Can change collection view restriction'),
(27,9,'delete_collectionviewrestriction','Can delete collection view restriction'),
(28,9,'view_collectionviewrestriction','Can view collection view restriction'),
(29,10,'add_collection','Can add collection'),
(30,10,'change_collection','Can change collection'),
(31,10,'delete_collection','Can delete collection'),
(32,10,'view_collection','Can view collection'),
(33,11,'add_groupcollectionpermission','Can add group collection permission'),
(34,11,'change_groupcollectionpermission','Can change group collection permission'),
(35,11,'delete_groupcollectionpermission','Can delete group collection permission'),
(36,11,'view_groupcollectionpermission','Can view group collection permission'),
(37,12,'add_uploadedfile','Can add uploaded file'),
(38,12,'change_uploadedfile','Can change uploaded file'),
(39,12,'delete_uploadedfile','Can delete uploaded file'),
(40,12,'view_uploadedfile','Can view uploaded file'),
(41,13,'add_workflowcontenttype','Can add workflow content type'),
(42,13,'change_workflowcontenttype','Can change workflow content type'),
(43,13,'delete_workflowcontenttype','Can delete workflow content type'),
(44,13,'view_workflowcontenttype','Can view workflow content type'),
(45,14,'add_workflowstate','Can add Workflow state'),
(46,14,'change_workflowstate','Can change Workflow state'),
(47,14,'delete_workflowstate','Can delete Workflow state'),
(48,14,'view_workflowstate','Can view Workflow state'),
(49,15,'add_workflow','Can add workflow'),
(50,15,'change_workflow','Can change workflow'),
(51,15,'delete_workflow','Can delete workflow'),
(52,15,'view_workflow','Can view workflow'),
(53,16,'add_workflowtask','Can add workflow task order'),
(54,16,'change_workflowtask','Can change workflow task order'),
(55,16,'delete_workflowtask','Can delete workflow task order'),
(56,16,'view_workflowtask','Can view workflow task order'),
(57,17,'add_task','Can add task'),
(58,17,'change_task','Can change task'),
(59,17,'delete_task','Can delete task'),
(60,17,'view_task','Can view task'),
(61,2,'add_groupapprovaltask','Can add Group approval task'),
(62,2,'change_groupapprovaltask','Can change Group approval task'),
(63,2,'delete_groupapprovaltask','Can delete Group approval task'),
(64,2,'view_groupapprovaltask','Can view Group approval task'),
(65,18,'add_taskstate','Can add Task state'),
(66,18,'change_taskstate','Can change Task state'),
(67,18,'delete_taskstate','Can delete Task state'),
(68,18,'view_taskstate','Can view Task state'),
(69,1,'add_page','Can add page'),
(70,1,'change_page','Can change page'),
(71,1,'delete_page','Can delete page'),
(72,1,'view_page','Can view page'),
(73,1,'bulk_delete_page','Delete pages with children'),
(74,1,'lock_page','Lock/unlock pages you''ve locked'),
(75,1,'publish_page','Publish any page'),
(76,1,'unlock_page','Unlock any page'),
(77,19,'add_grouppagepermission','Can add group page permission'),
(78,19,'change_grouppagepermission','Can change group page permission'),
(79,19,'delete_grouppagepermission','Can delete group page permission'),
(80,19,'view_grouppagepermission','Can view group page permission'),
(81,20,'add_pageviewrestriction','Can add page view restriction'),
(82,20,'change_pageviewrestriction','Can change page view restriction'),
(83,20,'delete_pageviewrestriction','Can delete page view restriction'),
(84,20,'view_pageviewrestriction','Can view page view restriction'),
(85,21,'add_workflowpage','Can add workflow page'),
(86,21,'change_workflowpage','Can change workflow page'),
(87,21,'delete_workflowpage','Can delete workflow page'),
(88,21,'view_workflowpage','Can view workflow page'),
(89,22,'add_pagelogentry','Can add page log entry'),
(90,22,'change_pagelogentry','Can change page log entry'),
(91,22,'delete_pagelogentry','Can delete page log entry'),
(92,22,'view_pagelogentry','Can view page log entry'),
(93,23,'add_comment','Can add comment'),
(94,23,'change_comment','Can change comment'),
(95,23,'delete_comment','Can delete comment'),
(96,23,'view_comment','Can view comment'),
(97,24,'add_commentreply','Can add comment reply'),
(98,24,'change_commentreply','Can change comment reply'),
(99,24,'delete_commentreply','Can delete comment reply'),
(100,24,'view_commentreply','Can view comment reply'),
(101,25,'add_pagesubscription','Can add page subscription'),
(102,25,'change_pagesubscription','Can change page subscription'),
(103,25,'delete_pagesubscription','Can delete page subscription'),
(104,25,'view_pagesubscription','Can view page subscription'),
(105,26,'add_referenceindex','Can add reference index'),
(106,26,'change_referenceindex','Can change reference index'),
(107,26,'delete_referenceindex','Can delete reference index'),
(108,26,'view_referenceindex','Can view reference index'),
(109,27,'access_admin','Can access Wagtail admin'),
(110,28,'add_emailaddress','Can add email address'),
(111,28,'change_emailaddress','Can change email address'),
(112,28,'delete_emailaddress','Can delete email address'),
(113,28,'view_emailaddress','Can view email address'),
(114,29,'add_emailconfirmation','Can add email confirmation'),
(115,29,'change_emailconfirmation','Can change email confirmation'),
(116,29,'delete_emailconfirmation','Can delete email confirmation'),
(117,29,'view_emailconfirmation','Can view email confirmation'),
(118,30,'add_user','Can add account'),
(119,30,'change_user','Can change account'),
(120,30,'delete_user','Can delete account'),
(121,30,'view_user','Can view account'),
(122,31,'add_counter','Can add counter'),
(123,31,'change_counter','Can change counter'),
(124,31,'delete_counter','Can delete counter'),
(125,31,'view_counter','Can view counter'),
(126,32,'add_browsersession','Can add signed-in browser'),
(127,32,'change_browsersession','Can change signed-in browser'),
(128,32,'delete_browsersession','Can delete signed-in browser'),
(129,32,'view_browsersession','Can view signed-in browser'),
(130,33,'add_permission','Can add permission'),
(131,33,'change_permission','Can change permission'),
(132,33,'delete_permission','Can delete permission'),
(133,33,'view_permission','Can view permission'),
(134,34,'add_group','Can add group'),
(135,34,'change_group','Can change group'),
(136,34,'delete_group','Can delete group'),
(137,34,'view_group','Can view group'),
(138,35,'add_contenttype','Can add content type'),
(139,35,'change_contenttype','Can change content type'),
(140,35,'delete_contenttype','Can delete content type'),
(141,35,'view_contenttype','Can view content type'),
(142,36,'add_person','Can add person'),
(143,36,'change_person','Can change person'),
(144,36,'delete_person','Can delete person'),
(145,36,'view_person','Can view person'),
(146,37,'add_personcapacity','Can add capacity of a person'),
(147,37,'change_personcapacity','Can change capacity of a person'),
(148,37,'delete_personcapacity','Can delete capacity of a person'),
(149,37,'view_personcapacity','Can view capacity of a person'),
(150,38,'add_personlanguage','Can add language of a person'),
(151,38,'change_personlanguage','Can change language of a person'),
(152,38,'delete_personlanguage','Can delete language of a person'),
(153,38,'view_personlanguage','Can view language of a person'),
(154,39,'add_capacity','Can add capacity'),
(155,39,'change_capacity','Can change capacity'),
(156,39,'delete_capacity','Can delete capacity'),
(157,39,'view_capacity','Can view capacity'),
(158,40,'add_capacitytext','Can add text of a capacity'),
(159,40,'change_capacitytext','Can change text of a capacity'),
(160,40,'delete_capacitytext','Can delete text of a capacity'),
(161,40,'view_capacitytext','Can view text of a capacity'),
(162,41,'add_listing','Can add listing'),
(163,41,'change_listing','Can change listing'),
(164,41,'delete_listing','Can delete listing'),
(165,41,'view_listing','Can view listing'),
(166,42,'add_exchange','Can add exchange'),
(167,42,'change_exchange','Can change exchange'),
(168,42,'delete_exchange','Can delete exchange'),
(169,42,'view_exchange','Can view exchange'),
(170,43,'add_listingkeyword','Can add keyword of a listing'),
(171,43,'change_listingkeyword','Can change keyword of a listing'),
(172,43,'delete_listingkeyword','Can delete keyword of a listing'),
(173,43,'view_listingkeyword','Can view keyword of a listing'),
(174,44,'add_organisation','Can add organisation'),
(175,44,'change_organisation','Can change organisation'),
(176,44,'delete_organisation','Can delete organisation'),
(177,44,'view_organisation','Can view organisation'),
(178,45,'add_membership','Can add membership'),
(179,45,'change_membership','Can change membership'),
(180,45,'delete_membership','Can delete membership'),
(181,45,'view_membership','Can view membership'),
(182,46,'add_organisationtext','Can add text of an organisation'),
(183,46,'change_organisationtext','Can change text of an organisation'),
(184,46,'delete_organisationtext','Can delete text of an organisation'),
(185,46,'view_organisationtext','Can view text of an organisation'),
(186,47,'add_invitation','Can add invitation'),
(187,47,'change_invitation','Can change invitation'),
(188,47,'delete_invitation','Can delete invitation'),
(189,47,'view_invitation','Can view invitation'),
(190,48,'add_schedule','Can add Scheduled task'),
(191,48,'change_schedule','Can change Scheduled task'),
(192,48,'delete_schedule','Can delete Scheduled task'),
(193,48,'view_schedule','Can view Scheduled task'),
(194,49,'add_task','Can add Task'),
(195,49,'change_task','Can change Task'),
(196,49,'delete_task','Can delete Task'),
(197,49,'view_task','Can view Task'),
(198,50,'add_failure','Can add Failed task'),
(199,50,'change_failure','Can change Failed task'),
(200,50,'delete_failure','Can delete Failed task'),
(201,50,'view_failure','Can view Failed task'),
(202,51,'add_success','Can add Successful task'),
(203,51,'change_success','Can change Successful task'),
(204,51,'delete_success','Can delete Successful task'),
(205,51,'view_success','Can view Successful task'),
(206,52,'add_ormq','Can add Queued task'),
(207,52,'change_ormq','Can change Queued task'),
(208,52,'delete_ormq','Can delete Queued task'),
(209,52,'view_ormq','Can view Queued task'),
(210,53,'add_standardpage','Can add standard page'),
(211,53,'change_standardpage','Can change standard page'),
(212,53,'delete_standardpage','Can delete standard page'),
(213,53,'view_standardpage','Can view standard page'),
(214,54,'add_crediteddocument','Can add document'),
(215,54,'change_crediteddocument','Can change document'),
(216,54,'delete_crediteddocument','Can delete document'),
(217,54,'view_crediteddocument','Can view document'),
(218,54,'choose_document','Can choose document'),
(219,55,'add_creditedimage','Can add image'),
(220,55,'change_creditedimage','Can change image'),
(221,55,'delete_creditedimage','Can delete image'),
(222,55,'view_creditedimage','Can view image'),
(223,55,'choose_image','Can choose image'),
(224,56,'add_homepage','Can add home page'),
(225,56,'change_homepage','Can change home page'),
(226,56,'delete_homepage','Can delete home page'),
(227,56,'view_homepage','Can view home page'),
(228,57,'add_creditedrendition','Can add credited rendition'),
(229,57,'change_creditedrendition','Can change credited rendition'),
(230,57,'delete_creditedrendition','Can delete credited rendition'),
(231,57,'view_creditedrendition','Can view credited rendition'),
(232,58,'add_learningindexpage','Can add learning home'),
(233,58,'change_learningindexpage','Can change learning home'),
(234,58,'delete_learningindexpage','Can delete learning home'),
(235,58,'view_learningindexpage','Can view learning home'),
(236,59,'add_library','Can add library'),
(237,59,'change_library','Can change library'),
(238,59,'delete_library','Can delete library'),
(239,59,'view_library','Can view library'),
(240,60,'add_coursekeyword','Can add course keyword'),
(241,60,'change_coursekeyword','Can change course keyword'),
(242,60,'delete_coursekeyword','Can delete course keyword'),
(243,60,'view_coursekeyword','Can view course keyword'),
(244,61,'add_coursepage','Can add course'),
(245,61,'change_coursepage','Can change course'),
(246,61,'delete_coursepage','Can delete course'),
(247,61,'view_coursepage','Can view course'),
(248,62,'add_coursefacilitator','Can add facilitator'),
(249,62,'change_coursefacilitator','Can change facilitator'),
(250,62,'delete_coursefacilitator','Can delete facilitator'),
(251,62,'view_coursefacilitator','Can view facilitator'),
(252,63,'add_cohort','Can add cohort'),
(253,63,'change_cohort','Can change cohort'),
(254,63,'delete_cohort','Can delete cohort'),
(255,63,'view_cohort','Can view cohort'),
(256,64,'add_librarycategory','Can add category'),
(257,64,'change_librarycategory','Can change category'),
(258,64,'delete_librarycategory','Can delete category'),
(259,64,'view_librarycategory','Can view category'),
(260,65,'add_modulekeyword','Can add module keyword'),
(261,65,'change_modulekeyword','Can change module keyword'),
(262,65,'delete_modulekeyword','Can delete module keyword'),
(263,65,'view_modulekeyword','Can view module keyword'),
(264,66,'add_trainingmodulepage','Can add training module'),
(265,66,'change_trainingmodulepage','Can change training module'),
(266,66,'delete_trainingmodulepage','Can delete training module'),
(267,66,'view_trainingmodulepage','Can view training module'),
(268,67,'add_nextmodule','Can add next lesson'),
(269,67,'change_nextmodule','Can change next lesson'),
(270,67,'delete_nextmodule','Can delete next lesson'),
(271,67,'view_nextmodule','Can view next lesson'),
(272,68,'add_libraryentry','Can add lesson in a library'),
(273,68,'change_libraryentry','Can change lesson in a library'),
(274,68,'delete_libraryentry','Can delete lesson in a library'),
(275,68,'view_libraryentry','Can view lesson in a library'),
(276,69,'add_webinarkeyword','Can add webinar keyword'),
(277,69,'change_webinarkeyword','Can change webinar keyword'),
(278,69,'delete_webinarkeyword','Can delete webinar keyword'),
(279,69,'view_webinarkeyword','Can view webinar keyword'),
(280,70,'add_webinarpage','Can add recording'),
(281,70,'change_webinarpage','Can change recording'),
(282,70,'delete_webinarpage','Can delete recording'),
(283,70,'view_webinarpage','Can view recording'),
(284,71,'add_speaker','Can add speaker'),
(285,71,'change_speaker','Can change speaker'),
(286,71,'delete_speaker','Can delete speaker'),
(287,71,'view_speaker','Can view speaker'),
(288,72,'add_caption','Can add captions'),
(289,72,'change_caption','Can change captions'),
(290,72,'delete_caption','Can delete captions'),
(291,72,'view_caption','Can view captions'),
(292,73,'add_attempt','Can add attempt'),
(293,73,'change_attempt','Can change attempt'),
(294,73,'delete_attempt','Can delete attempt'),
(295,73,'view_attempt','Can view attempt'),
(296,74,'add_completion','Can add completion'),
(297,74,'change_completion','Can change completion'),
(298,74,'delete_completion','Can delete completion'),
(299,74,'view_completion','Can view completion'),
(300,75,'add_enrolment','Can add enrolment'),
(301,75,'change_enrolment','Can change enrolment'),
(302,75,'delete_enrolment','Can delete enrolment'),
(303,75,'view_enrolment','Can view enrolment'),
(304,76,'add_progress','Can add progress'),
(305,76,'change_progress','Can change progress'),
(306,76,'delete_progress','Can delete progress'),
(307,76,'view_progress','Can view progress'),
(308,77,'add_study','Can add lesson begun'),
(309,77,'change_study','Can change lesson begun'),
(310,77,'delete_study','Can delete lesson begun'),
(311,77,'view_study','Can view lesson begun'),
(312,78,'add_session','Can add session'),
(313,78,'change_session','Can change session'),
(314,78,'delete_session','Can delete session'),
(315,78,'view_session','Can view session'),
(316,79,'add_mentoringindexpage','Can add mentoring start page'),
(317,79,'change_mentoringindexpage','Can change mentoring start page'),
(318,79,'delete_mentoringindexpage','Can delete mentoring start page'),
(319,79,'view_mentoringindexpage','Can view mentoring start page'),
(320,80,'add_mentoringprogrammepage','Can add mentoring programme'),
(321,80,'change_mentoringprogrammepage','Can change mentoring programme'),
(322,80,'delete_mentoringprogrammepage','Can delete mentoring programme'),
(323,80,'view_mentoringprogrammepage','Can view mentoring programme'),
(324,81,'add_mentoringrequest','Can add mentoring request'),
(325,81,'change_mentoringrequest','Can change mentoring request'),
(326,81,'delete_mentoringrequest','Can delete mentoring request'),
(327,81,'view_mentoringrequest','Can view mentoring request'),
(328,82,'add_mentoroffer','Can add mentor''s offer'),
(329,82,'change_mentoroffer','Can change mentor''s offer'),
(330,82,'delete_mentoroffer','Can delete mentor''s offer'),
(331,82,'view_mentoroffer','Can view mentor''s offer'),
(332,83,'add_pairing','Can add pairing'),
(333,83,'change_pairing','Can change pairing'),
(334,83,'delete_pairing','Can delete pairing'),
(335,83,'view_pairing','Can view pairing'),
(336,84,'add_hoursentry','Can add hours'),
(337,84,'change_hoursentry','Can change hours'),
(338,84,'delete_hoursentry','Can delete hours'),
(339,84,'view_hoursentry','Can view hours'),
(340,85,'add_programmecoordinator','Can add coordinator of a programme'),
(341,85,'change_programmecoordinator','Can change coordinator of a programme'),
(342,85,'delete_programmecoordinator','Can delete coordinator of a programme'),
(343,85,'view_programmecoordinator','Can view coordinator of a programme'),
(344,86,'add_proposal','Can add proposal'),
(345,86,'change_proposal','Can change proposal'),
(346,86,'delete_proposal','Can delete proposal'),
(347,86,'view_proposal','Can view proposal'),
(348,87,'add_thanks','Can add thanks'),
(349,87,'change_thanks','Can change thanks'),
(350,87,'delete_thanks','Can delete thanks'),
(351,87,'view_thanks','Can view thanks'),
(352,88,'add_tag','Can add tag'),
(353,88,'change_tag','Can change tag'),
(354,88,'delete_tag','Can delete tag'),
(355,88,'view_tag','Can view tag'),
(356,89,'add_taggeditem','Can add tagged item'),
(357,89,'change_taggeditem','Can change tagged item'),
(358,89,'delete_taggeditem','Can delete tagged item'),
(359,89,'view_taggeditem','Can view tagged item'),
(360,90,'add_string','Can add string'),
(361,90,'change_string','Can change string'),
(362,90,'delete_string','Can delete string'),
(363,90,'view_string','Can view string'),
(364,91,'add_template','Can add template'),
(365,91,'change_template','Can change template'),
(366,91,'delete_template','Can delete template'),
(367,91,'view_template','Can view template'),
(368,92,'add_translatableobject','Can add translatable object'),
(369,92,'change_translatableobject','Can change translatable object'),
(370,92,'delete_translatableobject','Can delete translatable object'),
(371,92,'view_translatableobject','Can view translatable object'),
(372,93,'add_translationsource','Can add translation source'),
(373,93,'change_translationsource','Can change translation source'),
(374,93,'delete_translationsource','Can delete translation source'),
(375,93,'view_translationsource','Can view translation source'),
(376,94,'add_translationlog','Can add translation log'),
(377,94,'change_translationlog','Can change translation log'),
(378,94,'delete_translationlog','Can delete translation log'),
(379,94,'view_translationlog','Can view translation log'),
(380,95,'add_translationcontext','Can add translation context'),
(381,95,'change_translationcontext','Can change translation context'),
(382,95,'delete_translationcontext','Can delete translation context'),
(383,95,'view_translationcontext','Can view translation context'),
(384,96,'add_templatesegment','Can add template segment'),
(385,96,'change_templatesegment','Can change template segment'),
(386,96,'delete_templatesegment','Can delete template segment'),
(387,96,'view_templatesegment','Can view template segment'),
(388,97,'add_stringsegment','Can add string segment'),
(389,97,'change_stringsegment','Can change string segment'),
(390,97,'delete_stringsegment','Can delete string segment'),
(391,97,'view_stringsegment','Can view string segment'),
(392,98,'add_relatedobjectsegment','Can add related object segment'),
(393,98,'change_relatedobjectsegment','Can change related object segment'),
(394,98,'delete_relatedobjectsegment','Can delete related object segment'),
(395,98,'view_relatedobjectsegment','Can view related object segment'),
(396,99,'add_stringtranslation','Can add string translation'),
(397,99,'change_stringtranslation','Can change string translation'),
(398,99,'delete_stringtranslation','Can delete string translation'),
(399,99,'view_stringtranslation','Can view string translation'),
(400,100,'add_userprofile','Can add user profile'),
(401,100,'change_userprofile','Can change user profile'),
(402,100,'delete_userprofile','Can delete user profile'),
(403,100,'view_userprofile','Can view user profile'),
(404,101,'submit_translation','Can submit translations'),
(405,102,'add_document','Can add document'),
(406,102,'change_document','Can change document'),
(407,102,'delete_document','Can delete document'),
(408,102,'choose_document','Can choose document'),
(409,103,'add_image','Can add image'),
(410,103,'change_image','Can change image'),
(411,103,'delete_image','Can delete image'),
(412,103,'choose_image','Can choose image'),
(413,104,'add_notification','Can add notification'),
(414,104,'change_notification','Can change notification'),
(415,104,'delete_notification','Can delete notification'),
(416,104,'view_notification','Can view notification'),
(417,105,'add_preference','Can add preference'),
(418,105,'change_preference','Can change preference'),
(419,105,'delete_preference','Can delete preference'),
(420,105,'view_preference','Can view preference'),
(421,106,'add_mailserver','Can add mail server'),
(422,106,'change_mailserver','Can change mail server'),
(423,106,'delete_mailserver','Can delete mail server'),
(424,106,'view_mailserver','Can view mail server'),
(425,107,'add_recipient','Can add address with trouble'),
(426,107,'change_recipient','Can change address with trouble'),
(427,107,'delete_recipient','Can delete address with trouble'),
(428,107,'view_recipient','Can view address with trouble'),
(429,108,'add_mail','Can add e-mail'),
(430,108,'change_mail','Can change e-mail'),
(431,108,'delete_mail','Can delete e-mail'),
(432,108,'view_mail','Can view e-mail'),
(433,109,'add_logentry','Can add log entry'),
(434,109,'change_logentry','Can change log entry'),
(435,109,'delete_logentry','Can delete log entry'),
(436,109,'view_logentry','Can view log entry'),
(437,110,'add_attempt','Can add attempt at a job'),
(438,110,'change_attempt','Can change attempt at a job'),
(439,110,'delete_attempt','Can delete attempt at a job'),
(440,110,'view_attempt','Can view attempt at a job'),
(441,111,'add_heartbeat','Can add heartbeat'),
(442,111,'change_heartbeat','Can change heartbeat'),
(443,111,'delete_heartbeat','Can delete heartbeat'),
(444,111,'view_heartbeat','Can view heartbeat'),
(445,112,'add_report','Can add report'),
(446,112,'change_report','Can change report'),
(447,112,'delete_report','Can delete report'),
(448,112,'view_report','Can view report'),
(449,113,'add_message','Can add message about a report'),
(450,113,'change_message','Can change message about a report'),
(451,113,'delete_message','Can delete message about a report'),
(452,113,'view_message','Can view message about a report'),
(453,114,'add_leftout','Can add left out of a report'),
(454,114,'change_leftout','Can change left out of a report'),
(455,114,'delete_leftout','Can delete left out of a report'),
(456,114,'view_leftout','Can view left out of a report'),
(457,115,'add_outboxentry','Can add change for the index'),
(458,115,'change_outboxentry','Can change change for the index'),
(459,115,'delete_outboxentry','Can delete change for the index'),
(460,115,'view_outboxentry','Can view change for the index'),
(461,116,'add_savedsearch','Can add saved search'),
(462,116,'change_savedsearch','Can change saved search'),
(463,116,'delete_savedsearch','Can delete saved search'),
(464,116,'view_savedsearch','Can view saved search'),
(465,117,'add_knownanswers','Can add known answers'),
(466,117,'change_knownanswers','Can change known answers'),
(467,117,'delete_knownanswers','Can delete known answers'),
(468,117,'view_knownanswers','Can view known answers'),
(469,118,'add_meaning','Can add meaning of a text'),
(470,118,'change_meaning','Can change meaning of a text'),
(471,118,'delete_meaning','Can delete meaning of a text'),
(472,118,'view_meaning','Can view meaning of a text'),
(473,119,'add_importrecord','Can add import record'),
(474,119,'change_importrecord','Can change import record'),
(475,119,'delete_importrecord','Can delete import record'),
(476,119,'view_importrecord','Can view import record'),
(477,120,'add_coordinatornote','Can add note to the coordinators'),
(478,120,'change_coordinatornote','Can change note to the coordinators'),
(479,120,'delete_coordinatornote','Can delete note to the coordinators'),
(480,120,'view_coordinatornote','Can view note to the coordinators'),
(481,121,'view_status','Can see how the site is doing'),
(482,101,'add_translation','Can add translation'),
(483,101,'change_translation','Can change translation'),
(484,101,'delete_translation','Can delete translation'),
(485,101,'view_translation','Can view translation'),
(486,122,'add_overridablesegment','Can add overridable segment'),
(487,122,'change_overridablesegment','Can change overridable segment'),
(488,122,'delete_overridablesegment','Can delete overridable segment'),
(489,122,'view_overridablesegment','Can view overridable segment'),
(490,123,'add_segmentoverride','Can add segment override'),
(491,123,'change_segmentoverride','Can change segment override'),
(492,123,'delete_segmentoverride','Can delete segment override'),
(493,123,'view_segmentoverride','Can view segment override'),
(494,124,'add_localesynchronization','Can add locale synchronization'),
(495,124,'change_localesynchronization','Can change locale synchronization'),
(496,124,'delete_localesynchronization','Can delete locale synchronization'),
(497,124,'view_localesynchronization','Can view locale synchronization'),
(498,125,'add_formsubmission','Can add form submission'),
(499,125,'change_formsubmission','Can change form submission'),
(500,125,'delete_formsubmission','Can delete form submission'),
(501,125,'view_formsubmission','Can view form submission'),
(502,126,'add_redirect','Can add redirect'),
(503,126,'change_redirect','Can change redirect'),
(504,126,'delete_redirect','Can delete redirect'),
(505,126,'view_redirect','Can view redirect'),
(506,127,'add_embed','Can add embed'),
(507,127,'change_embed','Can change embed'),
(508,127,'delete_embed','Can delete embed'),
(509,127,'view_embed','Can view embed'),
(510,102,'view_document','Can view document'),
(511,103,'view_image','Can view image'),
(512,128,'add_rendition','Can add rendition'),
(513,128,'change_rendition','Can change rendition'),
(514,128,'delete_rendition','Can delete rendition'),
(515,128,'view_rendition','Can view rendition'),
(516,129,'add_indexentry','Can add index entry'),
(517,129,'change_indexentry','Can change index entry'),
(518,129,'delete_indexentry','Can delete index entry'),
(519,129,'view_indexentry','Can view index entry'),
(520,130,'add_sqliteftsindexentry','Can add sqliteftsindexentry'),
(521,130,'change_sqliteftsindexentry','Can change sqliteftsindexentry'),
(522,130,'delete_sqliteftsindexentry','Can delete sqliteftsindexentry'),
(523,130,'view_sqliteftsindexentry','Can view sqliteftsindexentry'),
(524,131,'add_editingsession','Can add editing session'),
(525,131,'change_editingsession','Can change editing session'),
(526,131,'delete_editingsession','Can delete editing session'),
(527,131,'view_editingsession','Can view editing session'),
(528,132,'add_formstate','Can add form state'),
(529,132,'change_formstate','Can change form state'),
(530,132,'delete_formstate','Can delete form state'),
(531,132,'view_formstate','Can view form state'),
(532,133,'add_authenticator','Can add authenticator'),
(533,133,'change_authenticator','Can change authenticator'),
(534,133,'delete_authenticator','Can delete authenticator'),
(535,133,'view_authenticator','Can view authenticator'),
(536,134,'add_socialaccount','Can add social account'),
(537,134,'change_socialaccount','Can change social account'),
(538,134,'delete_socialaccount','Can delete social account'),
(539,134,'view_socialaccount','Can view social account'),
(540,135,'add_socialapp','Can add social application'),
(541,135,'change_socialapp','Can change social application'),
(542,135,'delete_socialapp','Can delete social application'),
(543,135,'view_socialapp','Can view social application'),
(544,136,'add_socialtoken','Can add social application token'),
(545,136,'change_socialtoken','Can change social application token'),
(546,136,'delete_socialtoken','Can delete social application token'),
(547,136,'view_socialtoken','Can view social application token'),
(548,137,'add_session','Can add session'),
(549,137,'change_session','Can change session'),
(550,137,'delete_session','Can delete session'),
(551,137,'view_session','Can view session');

INSERT INTO "auth_group" ("id", "name") VALUES
(1,'Members'),
(2,'Editors'),
(3,'Translators'),
(4,'Coordinators'),
(5,'Moderators'),
(6,'Administrators');

INSERT INTO "wagtailcore_collection" ("id", "path", "depth", "numchild", "name") VALUES
(1,'0001',1,0,'Root');

INSERT INTO "wagtailcore_groupcollectionpermission" ("id", "collection_id", "group_id", "permission_id") VALUES
(1,1,2,405),
(2,1,5,405),
(3,1,2,406),
(4,1,5,406),
(5,1,2,408),
(6,1,5,408),
(7,1,3,408),
(8,1,4,408),
(9,1,6,408),
(10,1,2,409),
(11,1,5,409),
(12,1,2,410),
(13,1,5,410),
(14,1,2,412),
(15,1,5,412),
(16,1,3,412),
(17,1,4,412),
(18,1,6,412),
(19,1,6,409),
(20,1,6,410),
(21,1,6,405),
(22,1,6,406),
(23,1,6,29),
(24,1,6,30),
(25,1,6,31);

INSERT INTO "wagtailcore_site" ("id", "hostname", "port", "is_default_site", "root_page_id", "site_name") VALUES
(1,'localhost',8000,1,2,'');

INSERT INTO "wagtailcore_task" ("id", "name", "active", "content_type_id") VALUES
(1,'Moderators approval',1,2);

INSERT INTO "wagtailcore_workflow" ("id", "name", "active") VALUES
(1,'Moderators approval',1);

INSERT INTO "wagtailcore_groupapprovaltask" ("task_ptr_id") VALUES
(1);

INSERT INTO "wagtailcore_workflowpage" ("page_id", "workflow_id") VALUES
(1,1);

INSERT INTO "wagtailcore_workflowtask" ("id", "sort_order", "task_id", "workflow_id") VALUES
(1,0,1,1);

INSERT INTO "wagtailcore_groupapprovaltask_groups" ("id", "groupapprovaltask_id", "group_id") VALUES
(1,1,5);

INSERT INTO "wagtailcore_locale" ("id", "language_code") VALUES
(1,'en');

INSERT INTO "wagtailcore_page" ("id", "path", "depth", "numchild", "title", "slug", "live", "has_unpublished_changes", "url_path", "seo_title", "show_in_menus", "search_description", "go_live_at", "expire_at", "expired", "content_type_id", "owner_id", "locked", "latest_revision_created_at", "first_published_at", "live_revision_id", "last_published_at", "draft_title", "locked_at", "locked_by_id", "locale_id", "translation_key", "alias_of_id", "latest_revision_id") VALUES
(1,'0001',1,1,'Root','root',1,0,'/','',0,'',NULL,NULL,0,1,NULL,0,NULL,NULL,NULL,NULL,'Root',NULL,NULL,1,new_key(),NULL,NULL),
(2,'00010001',2,0,'Welcome to your new Wagtail site!','home',1,0,'/home/','',0,'',NULL,NULL,0,1,NULL,0,NULL,NULL,NULL,NULL,'Welcome to your new Wagtail site!',NULL,NULL,1,new_key(),NULL,NULL);

INSERT INTO "wagtailcore_grouppagepermission" ("id", "group_id", "page_id", "permission_id") VALUES
(1,5,1,69),
(2,5,1,70),
(3,5,1,75),
(4,2,1,69),
(5,2,1,70),
(6,5,1,74),
(7,5,1,76),
(8,3,1,70),
(9,6,1,69),
(10,6,1,73),
(11,6,1,70),
(12,6,1,74),
(13,6,1,75),
(14,6,1,76);
