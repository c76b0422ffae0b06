// The support-chat page follows the language that is chosen in the chat.

document.addEventListener('preticket:language', (event) => {
  const { language } = (event as CustomEvent<{ readonly language: string }>).detail;
  document.documentElement.lang = language;
  history.replaceState(null, '', `?lang=${encodeURIComponent(language)}`);
});
