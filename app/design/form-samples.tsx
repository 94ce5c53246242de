'use client'

import { FlaskConical, Search, Sparkles } from 'lucide-react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Combobox } from '#components/ui/combobox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { MultiCombobox } from '#components/ui/multi-combobox.tsx'
import { RadioCards } from '#components/ui/radio-cards.tsx'
import { Section } from '#components/ui/section.tsx'
import { Select } from '#components/ui/select.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import type { SampleText } from './sample-text.ts'

const models = [
  { value: 'gpt-4o', label: 'gpt-4o', description: '$2.50 → $10.00 / Mtok', group: 'OpenAI' },
  { value: 'gpt-3.5-turbo', label: 'gpt-3.5-turbo', description: '$2.50 → $10.00 / Mtok', group: 'OpenAI' },
  { value: 'claude-sonnet-4-5', label: 'claude-sonnet-4-5', group: 'Anthropic' },
  { value: 'deepseek-v3.2', label: 'deepseek-v3.2', group: 'DeepSeek' },
  { value: 'qwen3-max', label: 'qwen3-max', group: 'Alibaba', disabled: true },
]

const zones = ['Asia/Shanghai', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York', 'UTC']

export function FormSamples({ text }: { text: SampleText }) {
  return (
    <Section title={text.forms}>
      <form action={() => undefined} className="grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <Field label={text.name} hint={text.nameHint} required>
            <Input name="name" defaultValue="thesis-lin" />
          </Field>
          <Field label={text.email} error={text.emailError} optional>
            <Input name="email" type="email" defaultValue="lin@" />
          </Field>
          <Field label={text.models}>
            <MultiCombobox
              name="models"
              label={text.models}
              placeholder={text.allModels}
              options={models}
              defaultValue={['gpt-4o', 'claude-sonnet-4-5', 'deepseek-v3.2', 'gpt-3.5-turbo']}
            />
          </Field>
          <Field label={text.models}>
            <MultiCombobox name="none" label={text.models} placeholder={text.allModels} options={models} />
          </Field>
          <div className="grid grid-cols-2 gap-4">
            <Field label={text.cap}>
              <Input name="cap" inputMode="decimal" prefix="$" suffix={text.perMonth} defaultValue="50" />
            </Field>
            <Field label={text.expiry}>
              <Select
                name="expiry"
                defaultValue="never"
                options={[
                  { value: 'never', label: text.never },
                  { value: 'month', label: text.inAMonth },
                ]}
              />
            </Field>
          </div>
          <Field label={text.period}>
            <RadioCards
              layout="segmented"
              name="period"
              defaultValue="month"
              options={[
                { value: 'total', label: text.total },
                { value: 'day', label: text.day },
                { value: 'week', label: text.week },
                { value: 'month', label: text.month },
              ]}
            />
          </Field>
        </div>
        <div className="grid content-start gap-5">
          <Field label={text.vendor}>
            <RadioCards
              name="vendor"
              defaultValue="openai"
              options={[
                { value: 'openai', label: 'OpenAI', description: text.vendorOpenai, icon: <Sparkles /> },
                {
                  value: 'simulated',
                  label: text.simulated,
                  description: text.vendorSimulated,
                  icon: <FlaskConical />,
                },
              ]}
            />
          </Field>
          <Field label={text.timeZone}>
            <Combobox
              name="zone"
              label={text.timeZone}
              defaultValue="Asia/Shanghai"
              options={zones.map((zone) => ({ value: zone, label: zone }))}
            />
          </Field>
          <Field label={text.purpose} optional>
            <Textarea name="purpose" defaultValue={text.purposeValue} />
          </Field>
          <Field layout="inline" label={text.hardCap} hint={text.hardCapHint}>
            <Checkbox name="hard" defaultChecked />
          </Field>
          <Field layout="inline" label={text.live}>
            <Switch name="live" defaultChecked />
          </Field>
          <div className="grid grid-cols-2 gap-4">
            <Input aria-label={text.nav.keys} prefix={<Search />} placeholder={`${text.nav.keys}…`} />
            <Input aria-label={text.name} disabled defaultValue={text.student} />
            <div className="flex items-center gap-4">
              <Checkbox aria-label={text.name} />
              <Checkbox aria-label={text.name} disabled defaultChecked />
              <Switch aria-label={text.live} />
              <Switch aria-label={text.live} disabled defaultChecked />
            </div>
            <Input aria-label={text.details} mono readOnly defaultValue="sk-stp-9fQ2…x7Lk" />
          </div>
          <div className="flex justify-end">
            <SubmitButton>{text.save}</SubmitButton>
          </div>
        </div>
      </form>
    </Section>
  )
}
