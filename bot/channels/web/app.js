// The page of the repayment guide. Plain ES2020, no build step, and no lookbehind in regular
// expressions: Safari before 16.4 would refuse the whole file.
(() => {
  'use strict';

  const KEY = 'repayment-guide.v1';
  const DRAFT = 'repayment-guide.draft'; // apart from the state: a key press must not redraw the other tabs
  const KEEP = 200; // messages kept on this device
  const MOST_UNSENT = 20;
  const SLOW = 30000; // after this long without an answer the person is told so
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const scroller = $('scroll');
  const log = $('log');
  const input = $('input');

  // ---- what this device keeps ------------------------------------------------------------------

  function random(bytes) {
    const raw = crypto.getRandomValues(new Uint8Array(bytes));
    return btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  const fresh = () => ({ session: random(24), greeted: 0, history: [], outbox: [] });

  const isText = (value) => typeof value === 'string';

  function sound(state) {
    return !!state && /^[A-Za-z0-9_-]{22,128}$/.test(state.session)
      && Array.isArray(state.history) && state.history.every((m) => m && isText(m.id) && isText(m.text))
      && Array.isArray(state.outbox) && state.outbox.every((m) => m && isText(m.id) && isText(m.message));
  }

  let memory = null; // the state if the browser keeps nothing (a private window, a full disk)
  let keeps = true;

  function load() {
    if (keeps) {
      try {
        const state = JSON.parse(localStorage.getItem(KEY));
        if (sound(state)) return state;
      } catch (error) { /* unreadable, or not allowed to read: start afresh */ }
    } else if (memory) {
      return memory;
    }
    const state = fresh();
    save(state);
    return state;
  }

  function save(state) {
    memory = state;
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
      keeps = true;
    } catch (error) {
      keeps = false;
    }
  }

  // Every change starts from what is stored: another tab may have written since.
  function update(change) {
    const state = load();
    const result = change(state);
    state.history = state.history.slice(-KEEP);
    save(state);
    return result;
  }

  // Words begun but not sent; without storage they live as long as the page does.
  function keepDraft(text) {
    try {
      if (text) localStorage.setItem(DRAFT, text);
      else localStorage.removeItem(DRAFT);
    } catch (error) { /* nothing is kept here: the text field still holds the words */ }
  }

  function draft() {
    try {
      return localStorage.getItem(DRAFT) || '';
    } catch (error) {
      return '';
    }
  }

  // ---- text: links and hotlines ----------------------------------------------------------------

  const HOTLINES = new Set(['95188', '12378', '12363', '12345', '12348', '12356', '12355', '96110', '110', '120']);
  const FIND = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+|\d+(?:[.,:]\d+)*/g;
  // Before or after a hotline's digits these mean that it is an amount, a count or part of something longer.
  const NOT_AFTER = /(?:[A-Za-z0-9@#%_\\+]|\d\s?[-–—~～.至到]\s?|[¥￥$第约共]\s?)$/;
  const NOT_BEFORE = /^(?:[A-Za-z_@\\]|\/(?!\d)|[-–—~～.至到]\s?\d|\s?(?:元|块|万|千|百|亿|天|日(?!常)|周(?![一二三四五六日末])|期|个(?!人)|月|年|岁|次|倍|人(?!工)|分(?!机)|秒|小时|笔|条|页|平|公里|多|余|左右|以上|以下|以内|[%％‰]))/;

  function linked(text) {
    const piece = document.createDocumentFragment();
    let done = 0;
    for (const match of text.matchAll(FIND)) {
      let found = match[0];
      let href;
      if (found.startsWith('http')) {
        found = found.replace(/[.,;:!?'*]+$/, '');
        if (found.endsWith(')') && !found.includes('(')) found = found.replace(/\)+$/, '');
        if (found.length < 11) continue;
        href = found;
      } else if (HOTLINES.has(found) && !NOT_AFTER.test(text.slice(0, match.index))
        && !NOT_BEFORE.test(text.slice(match.index + found.length))) {
        href = `tel:${found}`;
      } else {
        continue;
      }
      const link = document.createElement('a');
      link.href = href;
      link.textContent = found;
      if (!href.startsWith('tel:')) {
        link.target = '_blank';
        link.rel = 'noopener noreferrer';
      }
      piece.append(text.slice(done, match.index), link);
      done = match.index + found.length;
    }
    piece.append(text.slice(done));
    return piece;
  }

  // ---- the conversation on the screen ----------------------------------------------------------

  let row = null; // the quick replies that can still be pressed, kept below the bot's last words

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // The time on this device; the day as well unless it is today. Messages kept from before had no time.
  function stamp(at) {
    const when = new Date(at);
    const two = (number) => String(number).padStart(2, '0');
    const clock = `${two(when.getHours())}:${two(when.getMinutes())}`;
    const today = when.toDateString() === new Date().toDateString();
    const made = element('time', 'at', today ? clock : `${when.getMonth() + 1}月${when.getDate()}日 ${clock}`);
    made.dateTime = when.toISOString();
    return made;
  }

  function bubble(message) {
    const line = element('div', `row ${message.who}`);
    const box = element('div', 'bubble');
    const words = element('div', 'words');
    line.dataset.id = message.id;
    box.append(element('span', 'unseen', message.who === 'user' ? '您说：' : '助手说：'));
    if (message.who === 'user') words.textContent = message.text;
    else words.append(linked(message.text));
    box.append(words);
    if (Number.isSafeInteger(message.at) && Math.abs(message.at) <= 8.64e15) box.append(stamp(message.at));
    line.append(box);
    return line;
  }

  function replies(message) {
    const box = element('div', 'replies');
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', '可以直接点选的回答');
    message.buttons.forEach((button, index) => {
      const made = element('button', '', button.title);
      made.type = 'button';
      made.disabled = !!message.closed;
      if (message.chosen === index) made.classList.add('chosen');
      made.addEventListener('click', () => {
        if (made.disabled) return;
        made.classList.add('chosen');
        say(button.title, button.payload, { entry: 'button' }, { id: message.id, index });
        log.focus({ preventScroll: true });
      });
      box.append(made);
    });
    return box;
  }

  function draw(message) {
    const line = bubble(message);
    if (message.who === 'user') {
      close();
      log.append(line);
    } else if (row) {
      log.insertBefore(line, row);
    } else {
      log.append(line);
    }
    if (message.who === 'bot' && message.buttons) {
      const box = replies(message);
      log.append(box);
      if (!message.closed) row = box;
    }
  }

  function close() {
    for (const button of log.querySelectorAll('.replies button:enabled')) button.disabled = true;
    row = null;
  }

  function drawAll() {
    const state = load();
    log.setAttribute('aria-live', 'off'); // nobody wants two hundred messages read out
    log.textContent = '';
    row = null;
    state.history.forEach(draw);
    drawStates(state);
    scroller.scrollTop = scroller.scrollHeight;
    setTimeout(() => log.setAttribute('aria-live', 'polite'), 300);
  }

  function drawStates(state) {
    const unsent = new Set(state.outbox.map((m) => m.id));
    for (const line of log.querySelectorAll('.row.user')) {
      const old = line.querySelector('.state');
      const waits = unsent.has(line.dataset.id) && !ready;
      if (waits && !old) line.firstElementChild.append(element('div', 'state', '还没发出，连上后自动发送'));
      if (!waits && old) old.remove();
    }
  }

  // Show what is new, but never push the beginning of the answer out of sight.
  function follow() {
    const lines = log.querySelectorAll('.row.user');
    const last = lines[lines.length - 1];
    if (root.classList.contains('tiny')) {
      if (last) last.scrollIntoView();
      return;
    }
    const bottom = scroller.scrollHeight - scroller.clientHeight;
    scroller.scrollTop = last ? Math.min(bottom, last.offsetTop - 8) : 0;
    showMore();
  }

  function showMore() {
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    $('more').hidden = root.classList.contains('tiny') || below < 30;
  }

  // ---- waiting, notices ------------------------------------------------------------------------

  const waiting = new Map(); // id of a message -> timer
  let answered = true; // whether the bot has said anything since the person did

  function wait(id) {
    stopWaiting(id);
    waiting.set(id, setTimeout(() => {
      stopWaiting(id);
      if (!answered) tell('回复有点慢。可以再等一会儿，或者重新发一次。');
    }, SLOW));
    showTyping();
  }

  function stopWaiting(id) {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    showTyping();
  }

  function showTyping() {
    const shown = waiting.size > 0 && ready;
    if ($('typing').hidden === !shown) return;
    $('typing').hidden = !shown;
    if (shown) follow();
  }

  let quiet = 0;
  function tell(text) {
    clearTimeout(quiet);
    $('notice').textContent = text;
    $('notice').hidden = false;
    quiet = setTimeout(() => { $('notice').hidden = true; }, 10000);
  }

  let late = 0;
  function showLink() {
    clearTimeout(late);
    if (ready) {
      $('link').hidden = true;
      return;
    }
    const show = () => {
      $('link').textContent = navigator.onLine === false
        ? '现在没有网络。写的话会先存在这里，连上后自动发出。'
        : '正在连接… 写的话会先存在这里，连上后自动发出。';
      $('link').hidden = false;
    };
    if (navigator.onLine === false || !$('link').hidden) show();
    else late = setTimeout(show, 1500);
  }

  // ---- how far the journey is ------------------------------------------------------------------

  // Always in sight once anything was told: the stage, and behind it every answer with a button to give it anew.
  function showWay(card) {
    const stages = card && card.type === 'progress' && card.version === 1 && Array.isArray(card.stages) ? card.stages : [];
    const told = stages.some((stage) => (stage.answers || []).length > 0);
    $('way').hidden = !told;
    if (!told) return;
    const at = Math.max(0, stages.findIndex((stage) => stage.state === 'now'));
    $('way-now').textContent = `第${at + 1}步，共${stages.length}步：${stages[at].label}`;
    $('way-list').replaceChildren(...stages.map(stageOf));
    fit();
  }

  function stageOf(stage) {
    const item = document.createElement('li');
    item.className = stage.state;
    if (stage.state === 'now') item.setAttribute('aria-current', 'step');
    const name = document.createElement('b');
    name.textContent = stage.label;
    item.append(name);
    for (const answer of stage.answers || []) {
      const row = document.createElement('p');
      row.textContent = `${answer.label}：${answer.value} `;
      if (answer.edit && isText(answer.edit.payload)) {
        const change = document.createElement('button');
        change.type = 'button';
        change.className = 'plain';
        change.textContent = '改';
        change.setAttribute('aria-label', answer.edit.title);
        change.addEventListener('click', () => {
          $('way').open = false;
          if (say(answer.edit.title, answer.edit.payload, {})) input.focus();
        });
        row.append(change);
      }
      item.append(row);
    }
    return item;
  }

  // ---- talking to the bot ----------------------------------------------------------------------

  // A message stays in the outbox until the server says that it has it; after a lost connection all that is
  // there is sent again, and the server knows by the id what it has had already.
  let ready = false; // the session is open on this connection
  let session = null;

  const socket = io({ path: '/socket.io', reconnectionDelay: 800, reconnectionDelayMax: 8000, timeout: 15000 });

  function open() {
    const state = load();
    ready = false;
    session = state.session;
    const last = state.history.filter((m) => m.who === 'bot').pop();
    socket.emit('session_request', { session_id: session, last_id: last ? last.id : null });
  }

  function transmit(message) {
    wait(message.id);
    socket.emit('user_uttered', {
      id: message.id, session_id: session, message: message.message, metadata: message.metadata || {},
    });
  }

  function flush() {
    if (!ready) return;
    for (const message of load().outbox) transmit(message);
  }

  function put(message, text, pressed, at) {
    return update((state) => {
      if (state.outbox.length >= MOST_UNSENT) return false;
      state.outbox.push(message);
      if (text !== null) {
        state.history.forEach((m) => {
          if (m.buttons) m.closed = true;
          if (pressed && m.id === pressed.id) m.chosen = pressed.index;
        });
        state.history.push({ id: message.id, who: 'user', text, at });
      }
      return true;
    });
  }

  function say(text, payload, metadata, pressed) {
    const message = { id: random(12), message: payload, metadata };
    const at = Date.now();
    if (!put(message, text, pressed, at)) {
      tell('还有很多话没有发出去，请等连上网络再写。');
      return false;
    }
    answered = false;
    draw({ id: message.id, who: 'user', text, at });
    if (ready) transmit(message);
    drawStates(load());
    follow();
    return true;
  }

  function greet() {
    const state = load();
    if (state.history.length || state.outbox.length || Date.now() - state.greeted < 10000) return;
    update((s) => { s.greeted = Date.now(); });
    const message = { id: random(12), message: '/greet', metadata: { entry: 'open' } };
    put(message, null);
    answered = false;
    if (ready) transmit(message);
  }

  function settle(id) {
    if (!isText(id)) return;
    update((state) => { state.outbox = state.outbox.filter((m) => m.id !== id); });
    drawStates(load());
  }

  function buttonsOf(data) {
    const given = [data.quick_replies, data.buttons].find((list) => Array.isArray(list) && list.length) || [];
    return given
      .filter((b) => b && isText(b.title) && b.title.trim())
      .map((b) => ({ title: b.title.trim(), payload: isText(b.payload) && b.payload ? b.payload : b.title }));
  }

  function textOf(data) {
    if (isText(data.text) && data.text.trim()) return data.text.trim();
    const source = data.attachment && data.attachment.payload && data.attachment.payload.src;
    return isText(source) ? source : '';
  }

  socket.on('connect', open);
  socket.on('disconnect', (reason) => {
    ready = false;
    showTyping();
    showLink();
    drawStates(load());
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', showLink);

  socket.on('session_confirm', (id) => {
    if (id !== session) return;
    ready = true;
    showLink();
    flush();
    greet();
    drawStates(load());
  });

  socket.on('bot_uttered', (data) => {
    if (!ready || !data) return;
    if (data.progress) showWay(data.progress);
    const text = textOf(data);
    const buttons = buttonsOf(data);
    if (!text && !buttons.length) return;
    const message = { id: isText(data.id) ? data.id : random(12), who: 'bot', text, at: Date.now() };
    if (buttons.length) message.buttons = buttons;
    answered = true;
    const isNew = update((state) => {
      if (state.session !== session || state.history.some((m) => m.id === message.id)) return false;
      state.history.push(message);
      return true;
    });
    if (!isNew) return;
    draw(message);
    follow();
  });

  socket.on('progress', showWay);

  socket.on('user_accepted', (data) => settle(data && data.id));

  socket.on('turn_done', (data) => {
    const id = data && data.id;
    if (!waiting.has(id)) return;
    settle(id);
    stopWaiting(id);
    if (waiting.size === 0 && !answered) tell('这次没有收到回复。请换个说法再发一次。');
    flush();
  });

  socket.on('channel_error', (data) => {
    const code = data && data.code;
    const id = data && data.id;
    if (code === 'message_cut') {
      tell('这段话太长，只读了前面两万字。其余的请分几次发。');
      return;
    }
    if (code === 'weak_session') {
      update((state) => { state.session = random(24); });
      open();
      return;
    }
    if (code === 'no_session' || code === 'wrong_session') {
      open();
      return;
    }
    stopWaiting(id);
    if (code === 'too_many') {
      tell('发得有点快，请等助手回复。没处理的话会接着发出。');
      return;
    }
    settle(id);
    answered = true;
    tell(data && isText(data.text) ? data.text : code === 'failed' ? '刚才出了点问题，不是您的错。请再发一次。' : '这句话没有读懂，请换个说法再发一次。');
  });

  // ---- writing ---------------------------------------------------------------------------------

  function grow() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 3}px`;
  }

  function submit() {
    const text = input.value.trim();
    if (!text) {
      input.focus();
      return;
    }
    if (say(text, text, { entry: 'typed' })) {
      input.value = '';
      keepDraft('');
      grow();
    }
  }

  $('form').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  input.addEventListener('input', () => {
    keepDraft(input.value);
    grow();
  });
  input.addEventListener('keydown', (event) => {
    // keyCode 229: Safari ends the composition before it reports the Enter that ended it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });

  // ---- a new conversation ----------------------------------------------------------------------

  function ask(shown) {
    $('ask').hidden = !shown;
    document.querySelector('.app').inert = shown;
    (shown ? $('ask-no') : $('again')).focus();
  }

  function restart() {
    for (const id of [...waiting.keys()]) stopWaiting(id);
    save(fresh());
    keepDraft('');
    input.value = '';
    grow();
    answered = true;
    ready = false;
    $('notice').hidden = true;
    showWay(null);
    drawAll();
    showLink();
    if (socket.connected) open();
  }

  $('again').addEventListener('click', () => ask(true));
  $('ask-no').addEventListener('click', () => ask(false));
  $('ask-yes').addEventListener('click', () => {
    ask(false);
    restart();
  });
  $('ask').addEventListener('click', (event) => { if (event.target === $('ask')) ask(false); });
  $('ask').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') ask(false);
    if (event.key !== 'Tab') return; // browsers without inert: keep the focus in the question
    event.preventDefault();
    (document.activeElement === $('ask-no') ? $('ask-yes') : $('ask-no')).focus();
  });

  // ---- the window ------------------------------------------------------------------------------

  function fit() {
    const seen = window.visualViewport;
    const zoomed = seen && seen.scale > 1.05; // pinched: leave the layout alone
    const height = seen && !zoomed ? seen.height : window.innerHeight;
    const at = window.scrollY;
    if (!zoomed) root.style.setProperty('--seen', `${Math.round(height)}px`);
    root.classList.toggle('short', height < 480);
    root.classList.remove('tiny');
    // Large letters leave as little room as a small window: what counts is what the conversation gets.
    const taken = document.querySelector('header').offsetHeight + document.querySelector('nav').offsetHeight + $('way').offsetHeight
      + $('form').offsetHeight - input.offsetHeight + $('send').offsetHeight;
    const tiny = height < 320 || height - taken < 140;
    root.classList.toggle('tiny', tiny);
    if (tiny) window.scrollTo(0, at);
    else if (seen && !zoomed && seen.offsetTop > 0) window.scrollTo(0, 0); // iOS pushes the page up for its keyboard
    showMore();
  }

  if (window.visualViewport) window.visualViewport.addEventListener('resize', fit);
  window.addEventListener('resize', fit);
  if (window.ResizeObserver) new ResizeObserver(fit).observe(document.querySelector('nav')); // larger letters
  window.addEventListener('online', () => { showLink(); if (!socket.connected) socket.connect(); });
  window.addEventListener('offline', showLink);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !socket.connected) socket.connect();
  });
  $('way').addEventListener('toggle', fit);
  scroller.addEventListener('scroll', showMore, { passive: true });
  $('more').addEventListener('click', () => { scroller.scrollTop += scroller.clientHeight * 0.8; });

  // Another tab of this browser has written: show the same here.
  window.addEventListener('storage', (event) => {
    if (event.key !== KEY && event.key !== null) return;
    const state = load();
    drawAll();
    if (state.session !== session && socket.connected) open();
  });

  if (!input.value) input.value = draft();
  grow();
  fit();
  drawAll();
  showLink();
})();
