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

local function document(job)
  local doc = pandoc.read(job.items, 'csljson', nil, SANDBOX)
  doc.meta.csl, doc.meta.lang = job.style, job.locale
  doc.meta['link-citations'] = job.link
  return doc
end

local tasks = {}

function tasks.format(job)
  local doc = document(job)
  doc.blocks = pandoc.Blocks{}
  for _, citation in ipairs(job.citations) do doc.blocks:insert(block(citation)) end
  local messages, done = pandoc.log.silence(pandoc.utils.citeproc, doc)
  local texts, warnings = pandoc.List{}, pandoc.List{}
  for i, citation in ipairs(job.citations) do texts:extend{formatted(done.blocks[i], citation)} end
  local keys, bibliography = entries(done.blocks)
  for _, message in ipairs(messages) do warnings:insert(tostring(message)) end
  return {texts = html(texts .. bibliography), keys = keys, warnings = warnings}
end

-- Print one citation as text: with a style made for it, this tells the terms of a locale.
function tasks.terms(job)
  local doc = document(job)
  doc.meta['suppress-bibliography'] = true
  doc.blocks = pandoc.Blocks{pandoc.Para{pandoc.Cite({}, {pandoc.Citation('x', 'NormalCitation')})}}
  local _, done = pandoc.log.silence(pandoc.utils.citeproc, doc)
  return {text = pandoc.utils.stringify(done.blocks[1])}
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
