'use client'

import { Pause, Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'

/** Whether new requests come in by themselves. */
export function LiveSwitch({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const t = useTranslations('requests.live')
  return (
    <Button
      size="sm"
      onClick={() => onChange(!isOn)}
      aria-label={isOn ? t('pause') : t('resume')}
      title={isOn ? t('pause') : t('resume')}
    >
      {isOn ? <Pause /> : <Play />}
      {isOn ? t('on') : t('off')}
      <span
        aria-hidden="true"
        className={cn('size-1.5 rounded-full', isOn ? 'animate-shimmer bg-positive' : 'bg-control')}
      />
    </Button>
  )
}
