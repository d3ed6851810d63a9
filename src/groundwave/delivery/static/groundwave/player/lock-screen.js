/** What a phone's lock screen and a keyboard's media keys show and do. */

export function showOnLockScreen({ station, title, isPlaying, play, stop }) {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = isPlaying
    ? new MediaMetadata({ title: title || station, artist: title ? station : "" })
    : null;
  session.playbackState = isPlaying ? "playing" : "none";
  session.setActionHandler("play", play);
  session.setActionHandler("pause", stop);
  session.setActionHandler("stop", stop);
}
