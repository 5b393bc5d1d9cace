"""Which test shows what: the numbers are those of the catalogue of promises, T1 kill to T28 lock."""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, ...]] = {
    "T1 killed while saving": (
        "harness/test_desk_runs.py::test_a_desk_killed_at_any_moment_loses_nothing_it_had_confirmed",
        "harness/test_desk_runs.py::test_a_desk_that_confirms_before_it_keeps_is_found_out",
        "storage/test_saving.py::test_a_killed_program_loses_no_confirmed_save_and_keeps_no_half_one",
        "storage/test_journal.py::test_killed_at_any_step_the_confirmed_saves_are_there",
    ),
    "T2, T3 power cut": (
        "harness/test_power.py::test_after_a_power_cut_everything_confirmed_is_there",
        "harness/test_power.py::test_with_the_database_gone_the_journal_alone_keeps_everything",
        "harness/test_power.py::test_without_the_protections_the_same_states_lose_saves",
    ),
    "T4 a disk that reports errors": (
        "harness/test_power.py::test_on_a_bad_disk_nothing_confirmed_is_lost_and_every_error_is_told",
    ),
    "T26 seeded faults": ("harness/test_power.py::test_every_seeded_fault_still_finds_its_place",),
    "T5 full disk": (
        "harness/test_full_disk.py::test_on_a_full_disk_every_writer_says_so_and_nothing_confirmed_is_lost",
        "storage/test_journal.py::test_on_a_full_disk_every_confirmed_save_is_kept_and_the_rest_refused",
        "storage/test_journal.py::test_the_reserve_is_given_up_so_that_the_save_can_be_finished",
        "casework/test_exports.py::test_a_medium_that_is_really_full_leaves_no_file",
    ),
    "T6 read-only medium": (
        "harness/test_full_disk.py::test_on_a_read_only_disk_every_writer_says_so_and_nothing_is_changed",
        "storage/test_saving.py::test_a_read_only_database_is_said",
    ),
    "T7 two processes": (
        "harness/test_desk_runs.py::test_two_processes_that_share_a_store_by_turns_lose_nothing",
        "harness/test_desk_runs.py::test_the_second_process_is_turned_away_and_does_no_harm",
        "storage/test_lockfile.py::test_another_process_keeps_the_store_until_it_dies",
    ),
    "T8 shares, sticks and sync folders": (
        "storage/test_place.py::test_a_network_share_is_refused_with_the_way_out",
        "storage/test_place.py::test_a_stick_is_refused_with_the_way_out",
        "storage/test_place.py::test_a_cloud_folder_is_refused_by_name",
        "storage/test_place.py::test_windows_drives_that_are_not_fixed_are_refused",
        "storage/test_vault.py::test_a_cloud_folder_gets_no_store",
        "storage/test_restore.py::test_a_share_gets_no_store",
    ),
    "T9 a store that does not open": (
        "storage/test_vault.py::test_a_store_that_does_not_open_stays_as_it_is",
        "storage/test_vault.py::test_another_stores_database_is_refused",
        "storage/test_vault.py::test_another_stores_key_file_is_refused",
        "storage/test_keys.py::test_a_removed_user_opens_nothing_even_with_an_old_key_file",
    ),
    "T9 rebuilt on purpose from the journal": (
        "storage/test_recovery.py::test_a_destroyed_database_is_made_anew_with_every_confirmed_save",
        "storage/test_recovery.py::test_the_destroyed_files_are_kept",
        "storage/test_recovery.py::test_a_wrong_passphrase_makes_nothing_anew",
    ),
    "T10 tampering": (
        "harness/test_altered.py::test_what_is_changed_in_the_files_is_noticed_or_does_no_harm",
        "harness/test_altered.py::test_without_journal_chain_and_counter_changes_would_go_unnoticed",
        "storage/test_comparing.py::test_an_old_page_is_noticed_at_the_start_if_it_changed_since_the_last_backup",
        "storage/test_recovery.py::test_a_whole_older_folder_put_back_is_noticed_by_this_machine",
    ),
    "T11 killed while keys are exchanged": (
        "storage/test_keys.py::test_a_power_cut_while_keys_are_exchanged_leaves_one_that_works",
    ),
    "T12 backup and restore": (
        "storage/test_backup.py::test_a_backup_is_a_whole_store_under_a_neutral_name",
        "storage/test_backup.py::test_killed_at_any_moment_only_proven_backups_have_their_name",
        "storage/test_restore.py::test_a_stale_write_ahead_log_never_undoes_the_restore",
        "storage/test_restore.py::test_on_a_full_disk_the_store_stays_as_it_is",
        "storage/test_restore.py::test_a_rehearsal_opens_the_backup_with_both_readers",
    ),
    "T16 nothing readable on the disk": (
        "harness/test_session.py::test_a_session_writes_nothing_readable_and_opens_no_socket",
        "harness/test_session.py::test_a_name_in_a_file_that_is_gone_at_once_is_found",
        "storage/test_saving.py::test_nothing_personal_is_readable_on_the_disk",
        "storage/test_journal.py::test_nothing_personal_is_readable_in_journal_base_quarantine_and_note",
    ),
    "T21 no socket": ("harness/test_session.py::test_a_session_writes_nothing_readable_and_opens_no_socket",),
    "T22 wrong clocks": (
        "storage/test_backup_ladder.py::test_a_clock_a_year_ahead_empties_nothing",
        "storage/test_backup_ladder.py::test_a_clock_fallen_back_to_1970_empties_nothing",
        "storage/test_backup_ladder.py::test_the_hour_that_comes_twice_in_autumn_keeps_both",
        "storage/test_health.py::test_a_check_is_due_once_a_day",
        "casework/test_audit.py::test_the_chain_holds_whatever_time_zone_the_clock_speaks",
        "casework/test_wrong_clocks.py::test_no_file_number_is_given_twice_by_a_clock_set_back",
        "casework/test_wrong_clocks.py::test_what_came_last_counts_as_last_whatever_the_clock_says",
        "casework/test_wrong_clocks.py::test_in_the_hour_that_comes_twice_the_order_stays",
        "casework/test_wrong_clocks.py::test_who_moves_on_a_leap_day_lived_there_until_the_day_before",
        "casework/test_wrong_clocks.py::test_a_clock_behind_the_work_already_done_is_told_when_the_store_opens",
        "casework/test_appointments.py::test_an_hour_that_comes_twice_is_booked_at_its_two_instants",
        "casework/test_appointments.py::test_a_talk_over_the_hour_that_is_left_out_takes_its_minutes",
        "casework/test_appointments.py::test_what_goes_over_midnight_is_on_both_days_and_in_the_way_on_both",
        "casework/test_appointments.py::test_the_last_of_february_of_a_leap_year_is_a_day_like_others",
        "casework/test_appointment_series.py::test_over_a_change_of_the_clock_the_time_on_it_stays",
        "casework/test_visits.py::test_a_day_ends_at_midnight_in_germany",
    ),
    "T28 guessing, timers, locks of the system": (
        "storage/test_throttle.py::test_each_wrong_try_waits_twice_as_long_up_to_a_minute",
        "storage/test_throttle.py::test_it_survives_a_restart_and_is_each_users_own",
        "storage/test_throttle.py::test_a_clock_set_back_waits_at_most_a_minute",
        "gui/test_idle.py::test_it_warns_for_thirty_seconds_and_locks_after_five_minutes",
        "gui/test_idle.py::test_a_machine_that_slept_locks_at_once",
        "gui/test_session_watch.py::test_what_covers_the_screen_is_heard",
        "gui/test_session_watch.py::test_the_machine_waits_with_its_sleep_until_the_desk_is_saved",
    ),
}
