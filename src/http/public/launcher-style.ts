// The look of the button that opens the chat: all that is styled before anything else is loaded. Its properties and their defaults: chat/theme.css.

export const LAUNCHER_STYLE = `:host{color-scheme:light dark;display:contents}
:host([hidden]){display:none}
.launcher{position:fixed;inset-block-end:var(--preticket-inset,1.25rem);inset-inline-end:var(--preticket-inset,1.25rem);z-index:var(--preticket-z,2147483000);display:flex;align-items:center;gap:.625rem;height:3.5rem;max-width:calc(100vw - 2.5rem);padding:0 1.375rem 0 1.125rem;border:1px solid transparent;border-radius:2rem;background:var(--preticket-accent,light-dark(#1f5fd6,#7fa9ff));color:var(--preticket-accent-ink,light-dark(#fff,#0b1730));font:600 1rem/1.2 var(--preticket-font,system-ui,sans-serif);cursor:pointer;box-shadow:0 10px 28px rgb(16 24 40/26%);transition:transform .2s}
.launcher:hover{transform:translateY(-2px)}
.launcher:focus-visible{outline:3px solid var(--preticket-accent,light-dark(#1f5fd6,#7fa9ff));outline-offset:3px}
.launcher[hidden],.launcher[aria-expanded=true]{display:none}
.launcher svg{flex:none;width:1.625rem;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.launcher span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.launcher[aria-busy]{opacity:.75}
@media (max-width:26rem){.launcher{padding:0;width:3.5rem;justify-content:center}.launcher span{position:absolute;clip-path:inset(50%);width:1px}}
@media (prefers-reduced-motion:reduce){.launcher{transition:none}}
@media print{.launcher{display:none}}`;
