// The look of the button that opens the chat: all that is styled before anything else is loaded.

export const LAUNCHER_STYLE = `:host{color-scheme:light dark;display:contents}
:host([hidden]){display:none}
.launcher{position:fixed;inset-block-end:var(--preticket-inset,1.25rem);inset-inline-end:var(--preticket-inset,1.25rem);z-index:var(--preticket-z,2147483000);display:flex;align-items:center;gap:.625rem;min-height:3.5rem;max-width:calc(100vw - 2rem);margin:0;padding:0 1.375rem 0 1.125rem;border:1px solid transparent;border-radius:999px;background:var(--preticket-accent,light-dark(#1f5fd6,#7fa9ff));color:var(--preticket-accent-ink,light-dark(#fff,#0b1730));font:600 1rem/1.2 var(--preticket-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif);letter-spacing:-.005em;cursor:pointer;box-shadow:0 1px 2px rgb(16 24 40/12%),0 10px 28px rgb(16 24 40/22%);transition:transform .18s,box-shadow .18s}
.launcher:hover{transform:translateY(-2px);box-shadow:0 2px 4px rgb(16 24 40/14%),0 16px 36px rgb(16 24 40/26%)}
.launcher:focus-visible{outline:3px solid var(--preticket-accent,light-dark(#1f5fd6,#7fa9ff));outline-offset:3px}
.launcher[hidden],.launcher[aria-expanded=true]{display:none}
.launcher svg{flex:none;width:1.625rem;height:1.625rem;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.launcher span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.launcher[aria-busy] svg{animation:wait 1s infinite alternate ease-in-out}
@keyframes wait{to{opacity:.35}}
@media (max-width:26rem){.launcher{padding:0;width:3.5rem;justify-content:center}.launcher span{position:absolute;clip-path:inset(50%);width:1px}}
@media (prefers-reduced-motion:reduce){.launcher,.launcher svg{transition:none;animation:none}.launcher:hover{transform:none}}
@media print{.launcher{display:none}}`;
