-- Format citations for as long as there are jobs: a line of JSON in, a line of JSON out.
-- Texts are read without access to files or the network.

local SANDBOX = {}

-- One call of the writer costs a millisecond, whatever it writes: so write all at once, and cut.
local CUT = '\30cut\30'

local function html(paragraphs)
  local blocks = pandoc.Blocks{}
  for _, paragraph in ipairs(paragraphs) do
    blocks:insert(paragraph)
    blocks:insert(pandoc.RawBlock('html', CUT))
  end
  local written, found, at = pandoc.write(pandoc.Pandoc(blocks), 'html', {wrap_text = 'none'}), pandoc.List{}, 1
  for stop, next in written:gmatch('()' .. CUT .. '()') do
    local text = written:sub(at, stop - 1):gsub('^\n+', ''):gsub('\n+$', '')
    found:insert((text:gsub('^<p>', ''):gsub('</p>$', '')))
    at = next
  end
  if #found ~= #paragraphs then error('an item holds the control character U+001E; take it out') end
  return found
end

-- What is one paragraph already is taken as it is: to take it apart and make another takes long.
local function paragraph(blocks)
  if #blocks == 1 and blocks[1].t == 'Para' then return blocks[1] end
  return pandoc.Plain(pandoc.utils.blocks_to_inlines(blocks))
end

-- Prefixes and suffixes hold inline Markdown; what turns out to be a block is taken as plain words, and so is what
-- is far too long to be either: open emphasis costs the square of its length.
local LONGEST = 5000

local function inlines(text)
  if #text > LONGEST or not text:find('[^%w%s.,:;%(%)]') then return pandoc.Inlines(text) end
  local blocks = pandoc.read(text, 'commonmark+smart', nil, SANDBOX).blocks
  if #blocks ~= 1 or blocks[1].t ~= 'Para' then return pandoc.Inlines(text) end
  local found = blocks[1].content
  if text:match('^%s') then found:insert(1, pandoc.Space()) end
  return found
end

local function cite(citation)
  local items = pandoc.List{}
  for _, item in ipairs(citation.items) do
    local suffix = inlines(item.suffix)
    if item.locator then suffix:insert(1, pandoc.Str('{' .. item.locator .. '}')) end
    items:insert(pandoc.Citation(item.id, item.mode, inlines(item.prefix), suffix, citation.note, 0))
  end
  return pandoc.Cite({}, items)
end

-- Within the text of a note pandoc sets a citation in parentheses, unless it is the first thing there.
local function block(citation)
  local element = cite(citation)
  if not citation.inside then return pandoc.Para{element} end
  return pandoc.Para{pandoc.Note{pandoc.Para{pandoc.Str 'x', pandoc.Space(), element, pandoc.Str '.'}}}
end

-- Return the paragraphs of what stands in the text, and in the note.
local function formatted(para, citation)
  local text, notes = pandoc.Inlines{}, pandoc.List{}
  local content = para.content
  if citation.inside then content = content[1].content[1].content end
  for _, element in ipairs(content) do
    if element.t == 'Cite' then
      for _, part in ipairs(element.content) do
        if part.t == 'Note' then
          notes:extend(part.content)
        else
          text:insert(part)
        end
      end
    end
  end
  return pandoc.Plain(text), paragraph(notes)
end

local function entries(blocks)
  local keys, texts = pandoc.List{}, pandoc.List{}
  for _, div in ipairs(blocks) do
    if div.t == 'Div' and div.identifier == 'refs' then
      for _, entry in ipairs(div.content) do
        keys:insert((entry.identifier:gsub('^ref%-', '', 1)))
        texts:insert(paragraph(entry.content))
      end
    end
  end
  return keys, texts
end

-- To take a document apart costs as much as to write it, so it is written whole, and its HTML is taken apart. Nothing
-- that is cited can look like these marks, as it comes as text; where anything is otherwise, the long way is taken.
local CITED = '<p><span class="citation" data%-cites="[^"]*">'
local MARK = '<a href="#fn(%d+)" class="footnote%-ref" id="fnref%d+" role="doc%-noteref"><sup>%d+</sup></a>'
local LINK = '(<a href="#ref%-[^"]*") role="doc%-biblioref">'  -- of a citation in a document alone
local NOTE = '^<p>(.*)<a href="#fnref%d+" class="footnote%-back" role="doc%-backlink">↩︎</a></p></li>$'
local ENTRY = '<div id="ref%-([^"]*)" class="csl%-entry" role="listitem">\n'

local function trimmed(text) return (text:gsub('^\n+', ''):gsub('\n+$', '')) end

-- Return what stands behind each match of a pattern, up to the next, and what the pattern captured.
local function behind(text, pattern)
  local found, captured, at = pandoc.List{}, pandoc.List{}, nil
  for start, capture, stop in text:gmatch('()' .. pattern .. '()') do
    if at then found:insert(text:sub(at, start - 1)) end
    if stop then captured:insert(capture) else stop = capture end
    at = stop
  end
  if at then found:insert(text:sub(at)) end
  return found, captured
end

local function notes_in(text)
  local notes, found, numbers = {}, behind(text, '<li id="fn(%d+)">')
  for i, number in ipairs(numbers) do
    local note = trimmed(found[i]:gsub('</ol>\n</section>$', '')):match(NOTE)
    if not note or note:find('</p>', 1, true) then return nil end
    notes[number] = note:gsub(LINK, '%1>')
  end
  return notes
end

local function parted(written)
  local start, stop = written:find('\n<section id="footnotes" class="footnotes', 1, true), nil
  local body, notes = written:sub(1, (start or 0) - 1), start and written:sub(start) or ''
  start, stop = body:find('\n<div id="refs" class="references [^\n]*>\n')
  return body:sub(1, (start or 0) - 1), start and body:sub(stop + 1) or '', notes
end

-- Return the texts and keys that are cut from a whole page, or nothing if anything in it is not as it mostly is.
local function cut(written, count)
  if written:find('[\30]') then return nil end
  local body, list, last = parted(written)
  local pieces, notes = behind(body, CITED), notes_in(last)
  if #pieces ~= count or not notes then return nil end
  local texts = pandoc.List{}
  for _, piece in ipairs(pieces) do
    local text = trimmed(piece):match('^(.*)</span></p>$')
    if not text or text:find('class="citation"', 1, true) or text:find('</p>', 1, true) then return nil end
    local marked = pandoc.List{}
    text = text:gsub(MARK, function (number) marked:insert(number) return '' end)
    if #marked > 1 or text:find('footnote-ref', 1, true) or (marked[1] and not notes[marked[1]]) then return nil end
    text = text:gsub(LINK, '%1>')
    texts:extend{trimmed(text), marked[1] and trimmed(notes[marked[1]]) or ''}
  end
  local found, keys = behind(list:gsub('</div>$', ''), ENTRY)
  for i, entry in ipairs(found) do
    local text = entry:match('^(.*)\n</div>\n$')
    if not text or keys[i]:find('&', 1, true) or text:find('<p>', 1, true) then return nil end
    texts:insert(trimmed(text))
  end
  if #found == 0 and list ~= '' then return nil end
  return texts, keys
end

local function document(job)
  local doc = pandoc.read(job.items, 'csljson', nil, SANDBOX)
  doc.meta.csl, doc.meta.lang = job.style, job.locale
  doc.meta['link-citations'] = job.link
  return doc
end

local tasks = {}

-- A document that came whole needs no putting together.
local function manuscript(job)
  if job.document then return pandoc.read(job.document, 'json') end
  local doc = document(job)
  doc.blocks = pandoc.Blocks{}
  for _, citation in ipairs(job.citations) do doc.blocks:insert(block(citation)) end
  return doc
end

local function picked(done, job)
  local texts, paragraphs = pandoc.List{}, done.blocks:filter(function (one) return one.t == 'Para' end)
  for i, citation in ipairs(job.citations) do texts:extend{formatted(paragraphs[i], citation)} end
  local keys, bibliography = entries(done.blocks)
  return html(texts .. bibliography), keys
end

function tasks.format(job)
  local messages, done = pandoc.log.silence(pandoc.utils.citeproc, manuscript(job))
  local texts, keys
  if job.whole then texts, keys = cut(pandoc.write(done, 'html', {wrap_text = 'none'}), #job.citations) end
  if not texts then texts, keys = picked(done, job) end
  local warnings = pandoc.List{}
  for _, message in ipairs(messages) do warnings:insert(tostring(message)) end
  return {texts = texts, keys = keys, warnings = warnings}
end

-- Print one citation as text: with a style made for it, this tells the terms of a locale.
function tasks.terms(job)
  local doc = document(job)
  doc.meta['suppress-bibliography'] = true
  doc.blocks = pandoc.Blocks{pandoc.Para{pandoc.Cite({}, {pandoc.Citation('x', 'NormalCitation')})}}
  local _, done = pandoc.log.silence(pandoc.utils.citeproc, doc)
  return {text = pandoc.utils.stringify(done.blocks[1])}
end

-- Tell works as they are in the metadata of a document.
function tasks.references(job)
  return {document = pandoc.write(pandoc.read(job.items, 'csljson', nil, SANDBOX), 'json')}
end

function tasks.biblatex(job)
  return {items = pandoc.write(pandoc.read(job.text, 'biblatex', nil, SANDBOX), 'csljson')}
end

for line in io.lines() do
  local job = pandoc.json.decode(line, false)
  local sound, answer = pcall(tasks[job.task], job)
  if not sound then answer = {error = tostring(answer)} end
  io.stdout:write(pandoc.json.encode(answer), '\n')
  io.stdout:flush()
end
